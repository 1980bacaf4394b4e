import { infiniteQueryOptions } from "@tanstack/react-query";
import * as api from "@/api/gen";

export const flaggedQuery = () =>
  infiniteQueryOptions({
    queryKey: ["chat", "flagged"],
    queryFn: ({ pageParam }) => api.listFlaggedMessages({ query: { cursor: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

export const dismissFlag = (message_id: string) => api.dismissFlag({ path: { message_id } });
export const removeFlagged = (message_id: string) => api.removeFlagged({ path: { message_id } });

export const withdrawnQuery = () =>
  infiniteQueryOptions({
    // Under "videos", because every change of a video may change it.
    queryKey: ["videos", "withdrawn"],
    queryFn: ({ pageParam }) => api.listWithdrawnVideos({ query: { cursor: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
