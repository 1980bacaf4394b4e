import { createFileRoute, notFound, redirect } from "@tanstack/react-router";
import { ApiError } from "@/api/client";
import { meQuery } from "@/features/identity/queries";
import { videoByShortId } from "@/features/library/queries";
import { readStart } from "@/player/moment";

/** Short links, as people pass them on. */
export const Route = createFileRoute("/v/$shortId")({
  validateSearch: readStart,
  beforeLoad: async ({ context, params, search, location }) => {
    if (!(await context.queries.ensureQueryData(meQuery()))) {
      throw redirect({ to: "/sign-in", search: { next: location.href } });
    }
    const video = await videoByShortId(params.shortId).catch((error: unknown) => {
      if (!(error instanceof ApiError)) throw error;
      throw notFound();
    });
    throw redirect({ to: "/watch/$videoId", params: { videoId: video.id }, search, replace: true });
  },
});
