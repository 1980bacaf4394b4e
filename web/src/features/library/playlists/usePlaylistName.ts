import { useTranslations } from "use-intl";
import type { Playlist } from "@/api/types";
import { isWatchLater } from "./queries";

/** What a playlist is called; the one to watch later has its name from the reader's language. */
export function usePlaylistName(): (playlist: Pick<Playlist, "kind" | "title">) => string {
  const t = useTranslations("playlists");
  return (playlist) => (isWatchLater(playlist) ? t("watchLater") : playlist.title);
}
