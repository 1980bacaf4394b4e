import { useTranslations } from "use-intl";
import type { CourseVideo, Lesson } from "@/api/types";
import { useProgressText } from "@/features/processing/AssetStatus";
import { percentSent, useUploadLine } from "@/features/uploads/useUploadLine";
import { formatClock } from "@/ui/format";
import { useEdited } from "./edited";
import { isOnItsWay, useLessonUpload } from "./useLessonUpload";
import { isBeingMade, isInterrupted, useFollowed, type Version } from "./versions";

function Making({ version }: { version: Version }) {
  return <span className="tabular">{useProgressText(useFollowed(version))}</span>;
}

function VersionNote({ version }: { version: Version }) {
  const t = useTranslations("authoring.video");
  if (isInterrupted(version)) return <span data-bad>{t("interrupted")}</span>;
  if (version.status === "error") return <span data-bad>{t("failed")}</span>;
  return isBeingMade(version) ? <Making version={version} /> : null;
}

interface VideoNoteProps {
  lesson: Lesson;
  video: CourseVideo | undefined;
}

/** Where the video of a lesson stands, in a word or two. */
export function VideoNote({ lesson, video }: VideoNoteProps) {
  const t = useTranslations("authoring.video");
  const line = useUploadLine();
  const { course } = useEdited();
  const { item } = useLessonUpload(course, lesson);
  const next = video?.next_version;
  return (
    <>
      {video?.duration != null && <span className="tabular">{formatClock(video.duration)}</span>}
      {isOnItsWay(item) ? (
        <span className="tabular" data-bad={item.state === "failed" || undefined}>
          {item.state === "sending"
            ? t("sending", { percent: Math.floor(percentSent(item)) })
            : line(item)}
        </span>
      ) : (
        <>
          {!video && <span>{t("none")}</span>}
          {video?.status === "ready" && !next && <span>{t("ready")}</span>}
          {video && <VersionNote version={video} />}
          {next && (
            <span>
              {t("newVersion")}: <VersionNote version={next} />
            </span>
          )}
        </>
      )}
    </>
  );
}
