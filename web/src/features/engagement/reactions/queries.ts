import { infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import * as api from "@/api/gen";
import type { ReactionType } from "@/api/types";
import type { Standing, Target } from "./reacting";

const PEOPLE_AT_ONCE = 30;

export const standingQuery = (videoId: string) =>
  queryOptions({
    queryKey: ["reactions", videoId],
    queryFn: async (): Promise<Standing> => {
      const { reaction_counts, my_reaction } = await api.listReactions({
        path: { video_id: videoId },
        query: { limit: 1 },
      });
      return { reaction_counts, my_reaction };
    },
  });

interface ReactorsWindow {
  type: ReactionType | null;
  cursor: string | null;
  limit: number;
}

/** Who reacted to something: `key` tells it from everything else. */
export interface Reactors {
  key: string;
  fetch: (
    window: ReactorsWindow,
  ) => Promise<{ items: api.ReactionLook[]; next_cursor: string | null }>;
}

export const videoReactors = (videoId: string): Reactors => ({
  key: `video:${videoId}`,
  fetch: (query) => api.listReactions({ path: { video_id: videoId }, query }),
});

/** Who reacted, the newest first; always fetched afresh, for the counts beside it are live. */
export const whoReactedQuery = (reactors: Reactors, type: ReactionType | null) =>
  infiniteQueryOptions({
    queryKey: ["who-reacted", reactors.key, type],
    queryFn: ({ pageParam }) => reactors.fetch({ type, cursor: pageParam, limit: PEOPLE_AT_ONCE }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    staleTime: 0,
  });

export function videoTarget(queries: QueryClient, videoId: string): Target {
  const { queryKey } = standingQuery(videoId);
  return {
    key: `video:${videoId}`,
    read: () => queries.getQueryData(queryKey),
    write: (standing) => {
      // An answer that is under way would be older than this.
      void queries.cancelQueries({ queryKey });
      queries.setQueryData(queryKey, standing);
    },
    send: (type) => api.reactToVideo({ body: { video_id: videoId, type } }),
    refresh: () => void queries.invalidateQueries({ queryKey }),
  };
}
