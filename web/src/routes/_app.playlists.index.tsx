import { createFileRoute } from "@tanstack/react-router";
import { PlaylistsPage } from "@/features/library/playlists/PlaylistsPage";

function Mine() {
  return <PlaylistsPage scope="mine" />;
}

export const Route = createFileRoute("/_app/playlists/")({ component: Mine });
