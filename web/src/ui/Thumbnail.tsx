import type { ReactNode } from "react";
import type { VideoCard } from "@/api/types";
import { formatClock } from "./format";
import { IconVideo } from "./icons";
import classes from "./Thumbnail.module.css";

interface ThumbnailProps {
  video: Pick<VideoCard, "progress"> & {
    asset: Pick<VideoCard["asset"], "thumbnail_url" | "duration_seconds">;
  };
  /** Above the fold: do not wait for it. */
  eager?: boolean;
  children?: ReactNode;
}

/** How far someone is, in percent of the whole; null when not begun or done. */
export function watchedPercent({ asset, progress }: ThumbnailProps["video"]): number | null {
  const whole = asset.duration_seconds ?? progress?.duration_seconds;
  if (!progress || progress.completed || !whole || progress.last_position <= 0) return null;
  return Math.min(100, Math.max(2, (progress.last_position / whole) * 100));
}

/** The picture of a video with its length and how far one has watched. Silent: the title says what it is. */
export function Thumbnail({ video, eager = false, children }: ThumbnailProps) {
  const { asset } = video;
  const percent = watchedPercent(video);
  return (
    <div className={classes.frame}>
      {asset.thumbnail_url ? (
        <img
          className={classes.image}
          src={asset.thumbnail_url}
          alt=""
          loading={eager ? "eager" : "lazy"}
          decoding="async"
        />
      ) : (
        <span className={classes.empty}>
          <IconVideo size={34} stroke={1.2} />
        </span>
      )}
      {asset.duration_seconds !== null && (
        <span className={`${classes.time} tabular`}>{formatClock(asset.duration_seconds)}</span>
      )}
      {percent !== null && (
        <span className={classes.watched}>
          <i style={{ width: `${percent}%` }} />
        </span>
      )}
      {children}
    </div>
  );
}
