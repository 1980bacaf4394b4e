import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import type { Media } from "@/api/types";
import {
  isBeingMade,
  useFailureText,
  useFollowedAsset,
  useProgressText,
} from "@/features/processing/AssetStatus";
import { Bar } from "@/ui/Bar";
import { useErrorText } from "@/ui/errors";
import { formatClock } from "@/ui/format";
import { IconAlertTriangle, IconClock, IconPlayerPlayFilled } from "@/ui/icons";
import classes from "./Media.module.css";
import { chatPlaybackQuery } from "./useChatPlayback";

const ChatPlayer = lazy(() => import("./ChatPlayer"));

interface ChatVideoProps {
  media: Media;
  label: string;
  playsAtOnce?: boolean;
}

/** A video that somebody sent: plays in its place, or says how far it is. */
export function ChatVideo({ media, label, playsAtOnce = false }: ChatVideoProps) {
  const t = useTranslations("attachments");
  const text = useErrorText();
  const asset = useMediaAsset(media);
  const [isWanted, setWanted] = useState(playsAtOnce);
  const isPlaying = isWanted && asset.playable;
  const { data: playback, error } = useQuery({
    ...chatPlaybackQuery(media.id),
    enabled: isPlaying,
  });
  if (!asset.playable) return <NotYet media={media} />;
  if (isPlaying && playback) {
    return (
      <Suspense>
        <ChatPlayer mediaId={media.id} label={label} />
      </Suspense>
    );
  }
  return (
    <>
      <button
        type="button"
        className={classes.play}
        aria-label={t("playVideo", { label })}
        onClick={() => setWanted(true)}
      >
        <VideoFace media={media} isWaiting={isWanted && !error} />
      </button>
      {error && (
        <p className={classes.error} role="alert">
          {text(error)}
        </p>
      )}
    </>
  );
}

/** The picture of a video with its sign and its length. */
export function VideoFace({ media, isWaiting = false }: { media: Media; isWaiting?: boolean }) {
  return (
    <>
      {media.thumbnail_url && <img src={media.thumbnail_url} alt="" loading="lazy" />}
      <span className={classes.sign} data-waiting={isWaiting || undefined}>
        <IconPlayerPlayFilled size={22} />
      </span>
      {media.duration_seconds !== null && (
        <span className={classes.length}>{formatClock(media.duration_seconds)}</span>
      )}
    </>
  );
}

/** How a video is made, followed live. */
function useMediaAsset(media: Media) {
  return useFollowedAsset({
    id: media.asset_id ?? "",
    status: media.status ?? "pendingupload",
    playable: media.is_playable ?? false,
    processing_progress: 0,
    processing_step: null,
    eta_seconds: null,
    queue_position: null,
  });
}

function NotYet({ media }: { media: Media }) {
  const t = useTranslations("attachments");
  const failure = useFailureText();
  const asset = useMediaAsset(media);
  const progress = useProgressText(asset);
  return (
    <div className={classes.notYet} role="status">
      {asset.status === "error" ? (
        <>
          <IconAlertTriangle size={28} stroke={1.5} />
          <span>{failure(media)}</span>
        </>
      ) : (
        <>
          <IconClock size={28} stroke={1.5} />
          <span>{isBeingMade(asset) ? t("preparing") : t("arriving")}</span>
          {isBeingMade(asset) && (
            <>
              <Bar
                value={asset.processing_progress}
                label={t("preparing")}
                color="#f2b13c"
                isMoving
              />
              <span className="tabular">{progress}</span>
            </>
          )}
        </>
      )}
    </div>
  );
}
