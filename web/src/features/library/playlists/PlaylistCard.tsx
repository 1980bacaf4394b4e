import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Playlist } from "@/api/types";
import { IconClock, IconDotsVertical, IconLock, IconPencil, IconTrash } from "@/ui/icons";
import cards from "@/ui/LinkCard.module.css";
import { PopItem, PopMenu } from "@/ui/PopMenu";
import { useFormats } from "@/ui/useFormats";
import { Cover } from "./Cover";
import { PlaylistDialog } from "./PlaylistDialog";
import classes from "./Playlists.module.css";
import { isWatchLater } from "./queries";
import { useDeletePlaylist } from "./useDeletePlaylist";
import { usePlaylistName } from "./usePlaylistName";

interface PlaylistCardProps {
  playlist: Playlist;
  isMine: boolean;
}

function CardMenu({ playlist, onEdit }: { playlist: Playlist; onEdit: () => void }) {
  const t = useTranslations("playlists");
  const remove = useDeletePlaylist(playlist);
  return (
    <PopMenu
      className={classes.more}
      label={t("moreOf", { title: playlist.title })}
      icon={<IconDotsVertical size={19} stroke={1.7} />}
    >
      {playlist.can_edit && (
        <PopItem icon={IconPencil} onClick={onEdit}>
          {t("edit")}
        </PopItem>
      )}
      <PopItem icon={IconTrash} isBad onClick={() => void remove()}>
        {t("delete")}
      </PopItem>
    </PopMenu>
  );
}

export function PlaylistCard({ playlist, isMine }: PlaylistCardProps) {
  const t = useTranslations("playlists");
  const { ago } = useFormats();
  const name = usePlaylistName();
  const [isEditing, setEditing] = useState(false);
  return (
    <article className={cards.card}>
      <Cover playlist={playlist} />
      <div className={`${cards.words} ${classes.words}`}>
        {playlist.can_delete && <CardMenu playlist={playlist} onEdit={() => setEditing(true)} />}
        <h2 className="clamp-2">
          <Link to="/playlist/$playlistId" params={{ playlistId: playlist.id }}>
            {name(playlist)}
          </Link>
        </h2>
        <p>
          {!isMine && <span>{t("by", { name: playlist.owner.display_name })}</span>}
          {isMine && (
            <span>
              {isWatchLater(playlist) ? <IconClock size={15} /> : null}
              {!isWatchLater(playlist) && !playlist.is_public && <IconLock size={15} />}
              {playlist.is_public ? t("isPublic") : t("isPrivate")}
            </span>
          )}
          <span>{t("changed", { when: ago(playlist.updated_at) })}</span>
        </p>
      </div>
      {isEditing && <PlaylistDialog playlist={playlist} onClose={() => setEditing(false)} />}
    </article>
  );
}
