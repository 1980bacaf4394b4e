import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useLocale, useTranslations } from "use-intl";
import { ApiError } from "@/api/client";
import type { CaptionKind, Video } from "@/api/types";
import { usePlayback } from "@/features/engagement/usePlayback";
import { IconArrowLeft, IconSubtitles } from "@/ui/icons";
import { ErrorMessage, Message } from "@/ui/Message";
import { usePageTitle } from "@/ui/page";
import { captionsQuery, videoQuery } from "../queries";
import { type EditedTrack, Editor } from "./Editor";
import classes from "./Editor.module.css";
import { languageName } from "./languages";
import { cuesQuery } from "./queries";

export const NEW = "new";

interface WithVideoProps {
  video: Video;
  trackId: string;
  kind: CaptionKind;
}

/** Everything that the editor begins with, or why it can't. */
function WithVideo({ video, trackId, kind }: WithVideoProps) {
  const t = useTranslations("captions");
  const locale = useLocale();
  const isNew = trackId === NEW;
  const playback = usePlayback(video.id, video.asset.playable);
  const tracks = useQuery(captionsQuery(video.id));
  const cues = useQuery({ ...cuesQuery(video.id, trackId), enabled: !isNew });
  const found = tracks.data?.items.find(({ id }) => id === trackId);
  const error = playback.error ?? tracks.error ?? cues.error;
  const isUnknown = error instanceof ApiError && (error.status === 404 || error.status === 422);
  if (!video.can_edit || !video.asset.playable || isUnknown || (tracks.data && !found && !isNew)) {
    const why = !video.can_edit ? "notYours" : !video.asset.playable ? "notPlayable" : "unknown";
    return (
      <Message
        icon={IconSubtitles}
        title={t(why)}
        heading={1}
        actions={
          <Button component={Link} to={`/watch/${video.id}`}>
            {t("toVideo")}
          </Button>
        }
      />
    );
  }
  if (error) return <ErrorMessage error={error} heading={1} />;
  if (!playback.data || !tracks.data || (!isNew && !cues.data)) return <Waiting />;
  const label = kind === "chapters" ? t("chapters") : languageName(locale, locale);
  const track: EditedTrack = found ?? { id: null, kind, language: locale, label };
  return <Editor video={video} playback={playback.data} track={track} kept={cues.data ?? null} />;
}

function Waiting() {
  const t = useTranslations("common");
  return (
    <div className={classes.page} role="status" aria-label={t("loading")}>
      <Skeleton className={classes.preview} />
      <div>
        {[1, 2, 3, 4].map((row) => (
          <Skeleton key={row} h={82} mb={10} radius={14} />
        ))}
      </div>
    </div>
  );
}

interface CaptionsEditorPageProps {
  videoId: string;
  /** `new` for captions or chapters that there are none of yet. */
  trackId: string;
  kind: CaptionKind;
}

export function CaptionsEditorPage({ videoId, trackId, kind }: CaptionsEditorPageProps) {
  const t = useTranslations("captions");
  const { data: video, error, refetch } = useQuery(videoQuery(videoId));
  usePageTitle(video && t("pageTitle", { title: video.title }));
  let content: ReactNode = <Waiting />;
  if (video) content = <WithVideo key={trackId} video={video} trackId={trackId} kind={kind} />;
  else if (error)
    content = <ErrorMessage error={error} heading={1} onRetry={() => void refetch()} />;
  return (
    <>
      <Link to="/watch/$videoId" params={{ videoId }} className={classes.back}>
        <IconArrowLeft size={18} />
        <span className="clamp-1">{video?.title ?? t("toVideo")}</span>
      </Link>
      {content}
    </>
  );
}
