import { createFileRoute } from "@tanstack/react-router";
import { WatchPage } from "@/features/engagement/WatchPage";
import { videoQuery } from "@/features/library/queries";
import { readStart, type Start } from "@/player/moment";

interface WatchSearch extends Start {
  /** The playlist that is played through. */
  list?: string;
}

function Watch() {
  const { list } = Route.useSearch();
  return <WatchPage videoId={Route.useParams().videoId} listId={list} />;
}

export const Route = createFileRoute("/_app/watch/$videoId")({
  validateSearch: ({ list, ...given }): WatchSearch => ({
    ...readStart(given),
    ...(typeof list === "string" ? { list } : {}),
  }),
  loader: ({ context, params }) => void context.queries.prefetchQuery(videoQuery(params.videoId)),
  component: Watch,
});
