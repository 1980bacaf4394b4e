import {
  type InfiniteData,
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
} from "@tanstack/react-query";
import * as api from "@/api/gen";
import type { Membership, Playlist } from "@/api/types";
import { withWatchLater } from "./membership";

/** Everything that shows some playlist begins with this key. */
const ALL = ["playlists"] as const;
const LARGEST_PAGE = 100;

export type PlaylistScope = NonNullable<NonNullable<api.ListPlaylistsData["query"]>["scope"]>;

export const playlistsQuery = (scope: PlaylistScope) =>
  infiniteQueryOptions({
    queryKey: [...ALL, "list", scope],
    queryFn: ({ pageParam }) =>
      api.listPlaylists({ query: { scope, cursor: pageParam, limit: LARGEST_PAGE } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

export const playlistQuery = (id: string) =>
  queryOptions({
    queryKey: [...ALL, "one", id],
    queryFn: () => api.getPlaylist({ path: { playlist_id: id } }),
  });

export type Items = InfiniteData<api.PageVideoCard, string | null>;

export const itemsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: [...ALL, "items", id],
    queryFn: ({ pageParam }) =>
      api.listItems({ path: { playlist_id: id }, query: { cursor: pageParam, limit: 50 } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

/** One's own playlists beside a video; the one to watch later is always the first. */
export const membershipsQuery = (videoId: string) =>
  queryOptions({
    queryKey: [...ALL, "of-video", videoId],
    queryFn: async () =>
      withWatchLater((await api.listMemberships({ path: { video_id: videoId } })).items),
  });

export const createPlaylist = (body: api.NewPlaylist) => api.createPlaylist({ body });
export const changePlaylist = (id: string, body: api.PlaylistChange) =>
  api.changePlaylist({ path: { playlist_id: id }, body });
export const deletePlaylist = (id: string) => api.deletePlaylist({ path: { playlist_id: id } });
export const removeItem = (id: string, videoId: string) =>
  api.removeItem({ path: { playlist_id: id, video_id: videoId } });
export const moveItem = (id: string, videoId: string, after: string | null) =>
  api.moveItem({ path: { playlist_id: id, video_id: videoId }, body: { after } });

/** Puts a video into a playlist, or takes it out; safe to repeat. */
export async function setMembership(
  { id, kind }: Membership,
  videoId: string,
  contains: boolean,
): Promise<void> {
  if (kind === "watch_later") {
    const path = { video_id: videoId };
    await (contains ? api.watchLater({ path }) : api.notLater({ path }));
  } else {
    const path = { playlist_id: id, video_id: videoId };
    await (contains ? api.addItem({ path }) : api.removeItem({ path }));
  }
}

/** Changes that are on their way carry this key, so that what was fetched before them can wait. */
export const CHANGING = ["playlists", "changing"] as const;

/** After a change: everything that shows playlists, unless another change is still on its way. */
export async function refreshPlaylists(queries: QueryClient): Promise<void> {
  if (queries.isMutating({ mutationKey: CHANGING }) > 1) return;
  await queries.invalidateQueries({ queryKey: ALL });
}

export const isWatchLater = ({ kind }: Pick<Playlist, "kind">): boolean => kind === "watch_later";
