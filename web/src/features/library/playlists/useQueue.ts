import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { nextOf } from "./order";
import { playlistQuery } from "./queries";
import { useItems } from "./useItems";

/** The playlist that is played through, loaded up to the video after this one. */
export function useQueue(playlistId: string, videoId: string) {
  const { data: playlist } = useQuery(playlistQuery(playlistId));
  const { items, hasNextPage, isFetching, fetchNextPage } = useItems(playlistId);
  const at = items?.findIndex(({ id }) => id === videoId) ?? -1;
  const next = nextOf(items ?? [], videoId);
  useEffect(() => {
    if (items && hasNextPage && !isFetching && !next) void fetchNextPage();
  }, [items, hasNextPage, isFetching, fetchNextPage, next]);
  return { playlist, items, at, next };
}
