import { createFileRoute } from "@tanstack/react-router";
import { PlaylistPage } from "@/features/library/playlists/PlaylistPage";

function Playlist() {
  const { playlistId } = Route.useParams();
  return <PlaylistPage key={playlistId} playlistId={playlistId} />;
}

export const Route = createFileRoute("/_app/playlist/$playlistId")({ component: Playlist });
