import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { CourseVideo, Lesson } from "@/api/types";
import { useDropTaker } from "@/features/uploads/drops";
import { useConfirm } from "@/ui/Confirm";
import { useErrorText } from "@/ui/errors";
import { IconTrash, IconUpload, IconX } from "@/ui/icons";
import { Section } from "@/ui/Section";
import { Thumbnail } from "@/ui/Thumbnail";
import { toastError } from "@/ui/toasts";
import classes from "./Authoring.module.css";
import { DescriptionField } from "./DescriptionField";
import { useEdited } from "./edited";
import {
  courseVideosQuery,
  deleteLessonVideo,
  giveUpNextVersion,
  refreshVideosOf,
  retryLessonVideo,
} from "./queries";
import { isOnItsWay, useLessonUpload } from "./useLessonUpload";
import { OnItsWay, VersionState } from "./VersionState";

/** What may be done with the video of a lesson; a refusal is said aloud. */
function useVideoActions(courseId: string, lesson: Lesson) {
  const t = useTranslations("authoring.video");
  const queries = useQueryClient();
  const confirm = useConfirm();
  const text = useErrorText();
  const { mutate, isPending } = useMutation({
    mutationFn: (action: () => Promise<unknown>) => action(),
    onSettled: () => refreshVideosOf(queries, courseId),
    onError: (error) => toastError(text(error)),
  });
  return {
    isPending,
    retry: () => mutate(() => retryLessonVideo(courseId, lesson.id)),
    giveUp: () => mutate(() => giveUpNextVersion(courseId, lesson.id)),
    remove: async () => {
      const question = {
        title: t("deleteTitle"),
        text: t("deleteText", { title: lesson.title }),
        action: t("delete"),
      };
      if (await confirm(question)) mutate(() => deleteLessonVideo(courseId, lesson.id));
    },
  };
}

function Versions({ lesson, video }: { lesson: Lesson; video: CourseVideo }) {
  const t = useTranslations("authoring.video");
  const { course } = useEdited();
  const upload = useLessonUpload(course, lesson);
  const { isPending, retry, giveUp, remove } = useVideoActions(course.id, lesson);
  const { next_version: next } = video;
  const picture = { thumbnail_url: video.thumbnail_url, duration_seconds: video.duration };
  const isSending = isOnItsWay(upload.item);
  // While this page sends the bytes itself, it says so with every detail.
  const shown = isSending && !video.is_playable ? null : video;
  return (
    <>
      {shown && (
        <div className={classes.video}>
          <Thumbnail video={{ asset: picture, progress: null }} />
          <VersionState
            title={t(video.is_playable ? "learnersSee" : "current")}
            version={video}
            upload={upload}
            onRetry={next ? undefined : retry}
            isPending={isPending}
          >
            <Button
              size="xs"
              variant="subtle"
              color="red"
              leftSection={<IconTrash size={16} />}
              onClick={() => void remove()}
            >
              {t("delete")}
            </Button>
          </VersionState>
        </div>
      )}
      {next && !isSending && (
        <VersionState
          title={t("newVersion")}
          version={next}
          upload={upload}
          onRetry={retry}
          isPending={isPending}
        >
          <Button
            size="xs"
            variant="subtle"
            color="red"
            leftSection={<IconX size={16} />}
            disabled={isPending}
            onClick={giveUp}
          >
            {t("giveUp")}
          </Button>
        </VersionState>
      )}
      {video.is_playable && (next || isSending) && <p className={classes.dim}>{t("keepsOld")}</p>}
    </>
  );
}

/** The video of a lesson: there, on its way, failed, or still to be uploaded. */
export function VideoField({ lesson }: { lesson: Lesson }) {
  const t = useTranslations("authoring.video");
  const { course } = useEdited();
  const { data: videos } = useQuery(courseVideosQuery(course.id));
  const video = videos?.items.find(({ lesson_id }) => lesson_id === lesson.id);
  const { item, choose, send } = useLessonUpload(course, lesson);
  useDropTaker({ hint: t("dropHere", { title: lesson.title }), take: send });
  const isSending = isOnItsWay(item);
  return (
    <Section
      title={t("title")}
      hint={t("hint")}
      action={
        videos &&
        !isSending && (
          <Button
            variant={video ? "default" : "filled"}
            leftSection={<IconUpload size={18} />}
            onClick={choose}
          >
            {video ? t("replace") : t("upload")}
          </Button>
        )
      }
    >
      {video && <Versions lesson={lesson} video={video} />}
      {isSending && (
        <div className={classes.state}>
          <h3>{t(video?.is_playable ? "newVersion" : "current")}</h3>
          <OnItsWay item={item} />
        </div>
      )}
      {video && <DescriptionField video={video} />}
      {videos && !video && !isSending && <p className={classes.plain}>{t("noneHint")}</p>}
    </Section>
  );
}
