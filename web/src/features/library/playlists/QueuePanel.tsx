import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { IconPlayerPlayFilled } from "@/ui/icons";
import { Thumbnail } from "@/ui/Thumbnail";
import classes from "./Queue.module.css";
import { usePlaylistName } from "./usePlaylistName";
import { useQueue } from "./useQueue";

interface QueuePanelProps {
  playlistId: string;
  videoId: string;
}

/** The list that is played through, with the present video marked. A list that is gone shows nothing. */
export function QueuePanel({ playlistId, videoId }: QueuePanelProps) {
  const t = useTranslations("playlists");
  const name = usePlaylistName();
  const { playlist, items, at } = useQueue(playlistId, videoId);
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const present = list.current?.children[at];
    // Only the panel scrolls, never the page.
    if (list.current && present instanceof HTMLElement) {
      list.current.scrollTop = present.offsetTop - list.current.clientHeight / 3;
    }
  }, [at]);
  if (!playlist || !items) return null;
  const title = name(playlist);
  return (
    <section className={classes.panel} aria-label={t("nowPlaying", { name: title })}>
      <header>
        <h2 className="clamp-1">
          <Link to="/playlist/$playlistId" params={{ playlistId }}>
            {title}
          </Link>
        </h2>
        <p>
          {playlist.owner.display_name}
          {at >= 0 && ` · ${t("placeOf", { place: at + 1, count: playlist.video_count })}`}
        </p>
      </header>
      <ol ref={list}>
        {items.map((video, place) => (
          <li key={video.id} data-current={place === at || undefined}>
            <span className={`${classes.number} tabular`}>
              {place === at ? <IconPlayerPlayFilled size={14} /> : place + 1}
            </span>
            <Thumbnail video={video} />
            <div>
              <h3 className="clamp-2">
                <Link
                  to="/watch/$videoId"
                  params={{ videoId: video.id }}
                  search={{ list: playlistId }}
                >
                  {video.title}
                </Link>
              </h3>
              <p className="clamp-1">{video.uploaded_by.display_name}</p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
