import { infiniteQueryOptions } from "@tanstack/react-query";
import * as api from "@/api/gen";

export const withdrawnQuery = () =>
  infiniteQueryOptions({
    // Under "videos", because every change of a video may change it.
    queryKey: ["videos", "withdrawn"],
    queryFn: ({ pageParam }) => api.listWithdrawnVideos({ query: { cursor: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
