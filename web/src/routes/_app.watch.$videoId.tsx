import { createFileRoute } from "@tanstack/react-router";
import { WatchPage } from "@/features/engagement/WatchPage";
import { videoQuery } from "@/features/library/queries";
import { readStart } from "@/player/moment";

interface WatchSearch {
  /** The playlist that is played through. */
  list?: string;
}

function Watch() {
  const { list } = Route.useSearch();
  return <WatchPage videoId={Route.useParams().videoId} listId={list} />;
}

export const Route = createFileRoute("/_app/watch/$videoId")({
  validateSearch: ({ list }): WatchSearch => (typeof list === "string" ? { list } : {}),
  validateSearch: readStart,
  loader: ({ context, params }) => void context.queries.prefetchQuery(videoQuery(params.videoId)),
  component: Watch,
});
