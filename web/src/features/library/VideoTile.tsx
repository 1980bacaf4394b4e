import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import type { VideoCard } from "@/api/types";
import { AssetBadge, useFollowedAsset } from "@/features/processing/AssetStatus";
import { formatClock } from "@/ui/format";
import { IconPlayerPlayFilled } from "@/ui/icons";
import { Thumbnail } from "@/ui/Thumbnail";
import { useFormats } from "@/ui/useFormats";
import { TileMenu, WatchLaterButton } from "./playlists/TileActions";
import classes from "./VideoTile.module.css";

interface VideoTileProps {
  video: VideoCard;
  heading?: 2 | 3;
  eager?: boolean;
  /** What stands under the title: who and when, or how much is left. */
  meta?: "people" | "left";
  onForget?: () => void;
}

function useLeft(video: VideoCard): string | null {
  const t = useTranslations("library");
  const { asset, progress } = video;
  if (!progress || !asset.duration_seconds) return null;
  return t("timeLeft", { time: formatClock(asset.duration_seconds - progress.last_position) });
}

export function VideoTile(props: VideoTileProps) {
  const { video, heading = 3, eager = false, meta = "people", onForget } = props;
  const t = useTranslations("library");
  const { ago, count } = useFormats();
  const left = useLeft(video);
  const asset = useFollowedAsset(video.asset);
  const Heading = `h${heading}` as const;
  return (
    <article className={classes.tile}>
      <div className={classes.picture}>
        <Thumbnail video={video} eager={eager}>
          <span className={classes.play}>
            <IconPlayerPlayFilled size={44} />
          </span>
        </Thumbnail>
      </div>
      <WatchLaterButton video={video} />
      <div className={classes.text}>
        <TileMenu video={video} onForget={onForget} />
        <Heading className={`${classes.title} clamp-2`}>
          <Link to="/watch/$videoId" params={{ videoId: video.id }}>
            {video.title}
          </Link>
        </Heading>
        <p className={classes.meta}>
          {meta === "left" && left ? (
            left
          ) : (
            <>
              <Link
                to="/people/$username"
                params={{ username: video.uploaded_by.username }}
                className={classes.name}
                data-aside
              >
                {video.uploaded_by.display_name}
              </Link>
              <br />
              {t("views", { count: video.view_count, shown: count(video.view_count) })} ·{" "}
              {ago(video.published_at ?? video.created_at)}
            </>
          )}
        </p>
        {asset.status !== "ready" && !asset.playable && (
          <p className={classes.meta}>
            <AssetBadge asset={asset} />
          </p>
        )}
      </div>
    </article>
  );
}
