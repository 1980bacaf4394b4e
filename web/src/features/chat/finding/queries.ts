import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import * as api from "@/api/gen";
import { keys } from "../keys";

export const LONGEST_QUERY = 200;
export const TYPING_PAUSE_MS = 200;

/** Messages with all these words, of one conversation or of all, the newest first. */
export const messagesFoundQuery = (q: string, conversation_id?: string) =>
  infiniteQueryOptions({
    queryKey: [...keys.found, "messages", conversation_id ?? null, q],
    queryFn: ({ pageParam, signal }) =>
      api.searchMessages({ query: { q, conversation_id, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    enabled: q !== "",
    placeholderData: keepPreviousData,
    // What was said, changed and unsent since then counts.
    staleTime: 0,
  });

export const conversationsFoundQuery = (q: string) =>
  queryOptions({
    queryKey: [...keys.found, "conversations", q],
    queryFn: ({ signal }) => api.searchConversations({ query: { q }, signal }),
    enabled: q !== "",
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
