import { useTranslations } from "use-intl";
import type { Playlist } from "@/api/types";
import { IconClock, IconPlaylist } from "@/ui/icons";
import classes from "./Playlists.module.css";
import { isWatchLater } from "./queries";

interface CoverProps {
  playlist: Playlist;
}

/** The picture of the first video, with how many there are. Silent but for the number. */
export function Cover({ playlist }: CoverProps) {
  const t = useTranslations("playlists");
  const picture = playlist.first_video?.asset.thumbnail_url;
  const Icon = isWatchLater(playlist) ? IconClock : IconPlaylist;
  return (
    <div className={classes.cover}>
      {picture ? (
        <img src={picture} alt="" loading="lazy" decoding="async" />
      ) : (
        <span className={classes.blank}>
          <Icon size={38} stroke={1.2} />
        </span>
      )}
      <span className={classes.count}>
        <IconPlaylist size={16} stroke={1.7} />
        {t("count", { count: playlist.video_count })}
      </span>
    </div>
  );
}
