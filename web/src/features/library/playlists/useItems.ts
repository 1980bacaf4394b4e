import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import type { VideoCard } from "@/api/types";
import { useErrorText } from "@/ui/errors";
import { toastError } from "@/ui/toasts";
import { distinct, moved } from "./order";
import {
  CHANGING,
  type Items,
  itemsQuery,
  moveItem,
  refreshPlaylists,
  removeItem,
} from "./queries";

/** All that is loaded of a playlist, each video once. */
export function useItems(id: string) {
  const query = useInfiniteQuery(itemsQuery(id));
  const items = useMemo(
    () => query.data && distinct(query.data.pages.flatMap((page) => page.items)),
    [query.data],
  );
  return { ...query, items };
}

/** Puts other videos in the place of those that are loaded, in one page with the last cursor. */
function withItems(data: Items | undefined, items: VideoCard[]): Items | undefined {
  const last = data?.pages.at(-1);
  if (!data || !last) return data;
  const [first = null] = data.pageParams;
  return { pages: [{ items, next_cursor: last.next_cursor }], pageParams: [first] };
}

/** Changes that show at once; the server hears of them one after the other. */
export function useItemChanges(id: string) {
  const queries = useQueryClient();
  const text = useErrorText();
  const { queryKey } = itemsQuery(id);
  const send = useMutation({
    mutationKey: CHANGING,
    scope: { id: `playlist-${id}` },
    mutationFn: (change: () => Promise<unknown>) => change(),
    onError: (error) => toastError(text(error)),
    onSettled: () => refreshPlaylists(queries),
  });
  const show = (items: VideoCard[]) => {
    void queries.cancelQueries({ queryKey });
    queries.setQueryData<Items>(queryKey, (data) => withItems(data, items));
  };
  return {
    move: (items: VideoCard[], from: number, to: number) => {
      const video = items[from];
      if (!video || from === to) return;
      const next = moved(items, from, to);
      show(next);
      const after = next[to - 1]?.id ?? null;
      send.mutate(() => moveItem(id, video.id, after));
    },
    remove: (items: VideoCard[], video: VideoCard) => {
      show(items.filter((item) => item.id !== video.id));
      send.mutate(() => removeItem(id, video.id));
    },
  };
}
