import { infiniteQueryOptions, type QueryClient } from "@tanstack/react-query";
import * as api from "@/api/gen";

export const historyQuery = () =>
  infiniteQueryOptions({
    queryKey: ["history"],
    queryFn: ({ pageParam }) => api.listHistory({ query: { cursor: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

/** `isLeaving` lets the request outlive the page. */
export const forgetVideo = (videoId: string, isLeaving: boolean) =>
  api.forgetProgress({ path: { video_id: videoId }, keepalive: isLeaving });
export const clearHistory = () => api.clearHistory();

/** After a change of what one has watched: everything that shows some of it. */
export async function refreshWatched(queries: QueryClient): Promise<void> {
  const keys = ["history", "home", "videos"];
  await Promise.all(keys.map((key) => queries.invalidateQueries({ queryKey: [key] })));
}
