import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import type { Playlist } from "@/api/types";
import cards from "@/ui/LinkCard.module.css";
import { useFormats } from "@/ui/useFormats";
import { Cover } from "./Cover";
import classes from "./Playlists.module.css";

/** A playlist in a row of the home page: without what one may do with it, which its own page has. */
export function PlaylistTile({ playlist }: { playlist: Playlist }) {
  const t = useTranslations("playlists");
  const { ago } = useFormats();
  return (
    <article className={cards.card}>
      <Cover playlist={playlist} />
      <div className={`${cards.words} ${classes.words}`}>
        <h3 className="clamp-2">
          <Link to="/playlist/$playlistId" params={{ playlistId: playlist.id }}>
            {playlist.title}
          </Link>
        </h3>
        <p>
          <span>{t("by", { name: playlist.owner.display_name })}</span>
          <span>{t("changed", { when: ago(playlist.updated_at) })}</span>
        </p>
      </div>
    </article>
  );
}
