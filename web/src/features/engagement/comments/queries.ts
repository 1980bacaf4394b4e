import { infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { ApiError } from "@/api/client";
import * as api from "@/api/gen";
import type { Target } from "../reactions/reacting";
import { changeComment, dropComment, findComment, keys, type Sort, takeUp } from "./cache";

const COMMENTS_AT_ONCE = 20;
const REPLIES_AT_ONCE = 10;
/** A request that hangs for so long has failed; a comment is safe to send again. */
const PATIENCE_MS = 30_000;

export const commentsQuery = (videoId: string, sort: Sort) =>
  infiniteQueryOptions({
    queryKey: keys.of(videoId, sort),
    queryFn: ({ pageParam }) =>
      api.listComments({
        path: { video_id: videoId },
        query: { sort, cursor: pageParam, limit: COMMENTS_AT_ONCE },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

export const repliesQuery = (commentId: string) =>
  infiniteQueryOptions({
    queryKey: keys.below(commentId),
    queryFn: ({ pageParam }) =>
      api.listReplies({
        path: { comment_id: commentId },
        query: { cursor: pageParam, limit: REPLIES_AT_ONCE },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

export const commentQuery = (commentId: string) =>
  queryOptions({
    queryKey: keys.one(commentId),
    queryFn: () => api.getComment({ path: { comment_id: commentId } }),
  });

export const momentsQuery = (videoId: string) =>
  queryOptions({
    queryKey: keys.moments(videoId),
    queryFn: () => api.listMoments({ path: { video_id: videoId } }),
    staleTime: 60_000,
  });

export const sendComment = (videoId: string, body: api.NewComment) =>
  api.addComment({
    path: { video_id: videoId },
    body,
    signal: AbortSignal.timeout(PATIENCE_MS),
  });

export const editComment = (commentId: string, text: string) =>
  api.changeComment({ path: { comment_id: commentId }, body: { text } });

const due = new Set<string>();
let isFetching = false;

/** Fetches comments that have changed, each once however often it is asked for. */
export async function refreshComments(queries: QueryClient, ids: readonly string[]): Promise<void> {
  for (const id of ids) due.add(id);
  if (isFetching) return;
  isFetching = true;
  try {
    for (const id of due) {
      due.delete(id);
      await refreshComment(queries, id);
    }
  } finally {
    isFetching = false;
  }
}

async function refreshComment(queries: QueryClient, id: string): Promise<void> {
  try {
    takeUp(queries, await api.getComment({ path: { comment_id: id } }));
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) dropComment(queries, id);
    // What else fails, fails for the whole page, which then fetches everything afresh.
  }
}

/** Deletes a comment; if it was answered, a stub of it stays. */
export async function deleteComment(
  queries: QueryClient,
  { id, parent_id }: { id: string; parent_id: string | null },
): Promise<void> {
  await api.deleteComment({ path: { comment_id: id } });
  await forgetComment(queries, id, parent_id);
}

/** A comment was deleted: takes away what is gone, and fetches what is left of it. */
export async function forgetComment(
  queries: QueryClient,
  id: string,
  parentId: string | null,
): Promise<void> {
  const left: string[] = [];
  const parent = parentId ? findComment(queries, parentId) : undefined;
  // Stubs go with their last reply, and asking for what is gone would be an error.
  if (parent?.is_deleted && parent.reply_count <= 1) dropComment(queries, parent.id);
  else if (parent) left.push(parent.id);
  if (findComment(queries, id)?.reply_count) left.push(id);
  else dropComment(queries, id);
  await refreshComments(queries, left);
}

export const commentTarget = (queries: QueryClient, id: string): Target => ({
  key: `comment:${id}`,
  read: () => findComment(queries, id),
  write: ({ reaction_counts, my_reaction }) =>
    changeComment(queries, id, (comment) => ({ ...comment, reaction_counts, my_reaction })),
  send: (type) => api.reactToComment({ path: { comment_id: id }, body: { type } }),
  refresh: () => void refreshComments(queries, [id]),
});
