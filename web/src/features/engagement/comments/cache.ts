import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import type { MomentList, PageCommentLook } from "@/api/gen";
import type { Comment, CommentMoment } from "@/api/types";

/**
 * What the page knows of comments, kept true by single comments that come in. Lists that have not
 * been loaded stay so, and nothing is put beyond the end of what has been.
 */

export type Sort = "newest" | "oldest";
type Pages = InfiniteData<PageCommentLook, string | null>;

const MOMENT_LETTERS = 80;

export const keys = {
  of: (videoId: string, sort: Sort) => ["comments", "of", videoId, sort] as const,
  below: (commentId: string) => ["comments", "below", commentId] as const,
  one: (commentId: string) => ["comments", "one", commentId] as const,
  moments: (videoId: string) => ["comments", "moments", videoId] as const,
};

const LISTS = [["comments", "of"] as const, ["comments", "below"] as const];

function mapItems(pages: Pages, change: (items: Comment[]) => Comment[]): Pages {
  return {
    ...pages,
    pages: pages.pages.map((page) => ({ ...page, items: change(page.items) })),
  };
}

const holds = (pages: Pages, id: string): boolean =>
  pages.pages.some(({ items }) => items.some((item) => item.id === id));

export function findComment(queries: QueryClient, id: string): Comment | undefined {
  for (const queryKey of LISTS) {
    for (const [, pages] of queries.getQueriesData<Pages>({ queryKey })) {
      for (const { items } of pages?.pages ?? []) {
        const found = items.find((item) => item.id === id);
        if (found) return found;
      }
    }
  }
  return queries.getQueryData<Comment>(keys.one(id));
}

/** Changes a comment wherever it stands. */
export function changeComment(
  queries: QueryClient,
  id: string,
  change: (comment: Comment) => Comment,
): void {
  for (const queryKey of LISTS) {
    queries.setQueriesData<Pages>({ queryKey }, (pages) =>
      pages && holds(pages, id)
        ? mapItems(pages, (items) => items.map((item) => (item.id === id ? change(item) : item)))
        : pages,
    );
  }
  queries.setQueryData<Comment>(keys.one(id), (comment) => comment && change(comment));
}

export function dropComment(queries: QueryClient, id: string): void {
  const known = findComment(queries, id);
  for (const queryKey of LISTS) {
    queries.setQueriesData<Pages>({ queryKey }, (pages) =>
      pages && holds(pages, id)
        ? mapItems(pages, (items) => items.filter((item) => item.id !== id))
        : pages,
    );
  }
  // One that a link led to is seen as gone.
  queries.setQueryData<Comment>(
    keys.one(id),
    (comment) =>
      comment && { ...comment, author: null, text: "", is_deleted: true, reply_count: 0 },
  );
  if (known) setMoment(queries, known.video_id, id, null);
}

/** Puts a comment, new or changed, where it belongs. */
export function takeUp(queries: QueryClient, comment: Comment): void {
  changeComment(queries, comment.id, () => comment);
  if (comment.parent_id) {
    insert(queries, keys.below(comment.parent_id), comment, false);
  } else {
    insert(queries, keys.of(comment.video_id, "newest"), comment, true);
    insert(queries, keys.of(comment.video_id, "oldest"), comment, false);
  }
  const { author, moment_seconds, is_deleted } = comment;
  const moment =
    author && moment_seconds !== null && !is_deleted
      ? { id: comment.id, moment_seconds, author, text: comment.text.slice(0, MOMENT_LETTERS) }
      : null;
  setMoment(queries, comment.video_id, comment.id, moment);
}

/** Ids grow with time, so they are the order. */
function insert(
  queries: QueryClient,
  queryKey: readonly unknown[],
  comment: Comment,
  isNewestFirst: boolean,
): void {
  queries.setQueryData<Pages>(queryKey, (pages) => {
    if (!pages || holds(pages, comment.id)) return pages;
    const comesBefore = (item: Comment) =>
      isNewestFirst ? item.id < comment.id : item.id > comment.id;
    const isEnd = (at: number) => at === pages.pages.length - 1;
    const page = pages.pages.findIndex(
      ({ items, next_cursor }, at) => items.some(comesBefore) || (isEnd(at) && !next_cursor),
    );
    return {
      ...pages,
      pages: pages.pages.map((one, at) => {
        if (at !== page) return one;
        const place = one.items.findIndex(comesBefore);
        return {
          ...one,
          items: one.items.toSpliced(place < 0 ? one.items.length : place, 0, comment),
        };
      }),
    };
  });
}

function setMoment(
  queries: QueryClient,
  videoId: string,
  id: string,
  moment: CommentMoment | null,
): void {
  queries.setQueryData<MomentList>(keys.moments(videoId), (moments) => {
    if (!moments) return moments;
    const others = moments.items.filter((item) => item.id !== id);
    if (!moment && others.length === moments.items.length) return moments;
    const items = moment ? [...others, moment] : others;
    return { items: items.sort((one, other) => one.moment_seconds - other.moment_seconds) };
  });
}
