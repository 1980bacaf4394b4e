import { createFileRoute } from "@tanstack/react-router";
import type { CaptionKind } from "@/api/types";
import { CaptionsEditorPage } from "@/features/library/captions/CaptionsEditorPage";

const KINDS: readonly CaptionKind[] = ["subtitles", "captions", "chapters"];

interface Search {
  /** Of captions that there are none of yet. */
  kind?: CaptionKind;
}

function Captions() {
  const { videoId, trackId } = Route.useParams();
  const { kind = "subtitles" } = Route.useSearch();
  return <CaptionsEditorPage videoId={videoId} trackId={trackId} kind={kind} />;
}

export const Route = createFileRoute("/_app/watch_/$videoId/captions/$trackId")({
  validateSearch: ({ kind }: Record<string, unknown>): Search =>
    KINDS.includes(kind as CaptionKind) ? { kind: kind as CaptionKind } : {},
  component: Captions,
});
