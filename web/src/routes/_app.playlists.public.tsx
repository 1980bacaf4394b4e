import { createFileRoute } from "@tanstack/react-router";
import { PlaylistsPage } from "@/features/library/playlists/PlaylistsPage";

function Everybodys() {
  return <PlaylistsPage scope="public" />;
}

export const Route = createFileRoute("/_app/playlists/public")({ component: Everybodys });
