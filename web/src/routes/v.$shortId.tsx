import { createFileRoute, notFound, redirect } from "@tanstack/react-router";
import { ApiError } from "@/api/client";
import { videoByShortId } from "@/features/library/queries";
import { readStart } from "@/player/moment";

/** Short links, as people pass them on. */
export const Route = createFileRoute("/v/$shortId")({
  validateSearch: readStart,
  beforeLoad: async ({ params, search, location }) => {
    const video = await videoByShortId(params.shortId).catch((error: unknown) => {
      if (!(error instanceof ApiError)) throw error;
      if (error.status === 401) throw redirect({ to: "/sign-in", search: { next: location.href } });
      throw notFound();
    });
    throw redirect({ to: "/watch/$videoId", params: { videoId: video.id }, search, replace: true });
  },
});
