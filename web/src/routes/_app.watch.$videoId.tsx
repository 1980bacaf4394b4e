import { createFileRoute } from "@tanstack/react-router";
import { WatchPage } from "@/features/engagement/WatchPage";
import { videoQuery } from "@/features/library/queries";
import { readStart } from "@/player/moment";

function Watch() {
  return <WatchPage videoId={Route.useParams().videoId} />;
}

export const Route = createFileRoute("/_app/watch/$videoId")({
  validateSearch: readStart,
  loader: ({ context, params }) => void context.queries.prefetchQuery(videoQuery(params.videoId)),
  component: Watch,
});
