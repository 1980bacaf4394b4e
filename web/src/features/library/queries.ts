import { infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import * as api from "@/api/gen";

export const homeQuery = () => queryOptions({ queryKey: ["home"], queryFn: () => api.getHome() });

type ListQuery = NonNullable<api.ListVideosData["query"]>;
export type VideoFilter = Pick<ListQuery, "scope" | "category" | "sort" | "uploader" | "tag">;

const PAGE_SIZE = 24;
const LARGEST_PAGE = 100;

export const videosQuery = (filter: VideoFilter) =>
  infiniteQueryOptions({
    queryKey: ["videos", "list", filter],
    queryFn: ({ pageParam }) =>
      api.listVideos({ query: { ...filter, cursor: pageParam, limit: PAGE_SIZE } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

/** One's newest videos, to find those whose upload is not finished. */
export const newestOfMineQuery = () =>
  queryOptions({
    queryKey: ["videos", "newest-of-mine"],
    queryFn: () => api.listVideos({ query: { scope: "mine", limit: LARGEST_PAGE } }),
  });

export const videoQuery = (id: string) =>
  queryOptions({
    queryKey: ["videos", "one", id],
    queryFn: () => api.getVideo({ path: { video_id: id } }),
  });

export const videoByShortId = (shortId: string) =>
  api.getVideoByShortId({ path: { short_id: shortId } });

/** A few others to watch after this one. */
export const moreVideosQuery = (category: string | undefined) =>
  queryOptions({
    queryKey: ["videos", "more", category ?? ""],
    queryFn: () => api.listVideos({ query: { scope: "all", category, limit: 13 } }),
  });

export const changeVideo = (id: string, body: api.VideoChange) =>
  api.changeVideo({ path: { video_id: id }, body });
export const deleteVideo = (id: string) => api.deleteVideo({ path: { video_id: id } });
export const retryVideo = (id: string) => api.retryVideo({ path: { video_id: id } });

/** After any change to videos: everything that shows some of them. */
export async function refreshVideos(queries: QueryClient): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({ queryKey: ["videos"] }),
    queries.invalidateQueries({ queryKey: ["home"] }),
    queries.invalidateQueries({ queryKey: ["categories"] }),
  ]);
}

export const captionsQuery = (videoId: string) =>
  queryOptions({
    queryKey: ["captions", videoId],
    queryFn: () => api.listCaptions({ path: { video_id: videoId } }),
  });
export const addCaption = (videoId: string, body: api.BodyAddCaptions) =>
  api.addCaptions({ path: { video_id: videoId }, body });
export const deleteCaption = (videoId: string, id: string) =>
  api.deleteCaptions({ path: { video_id: videoId, track_id: id } });

export const categoriesQuery = () =>
  queryOptions({
    queryKey: ["categories"],
    queryFn: () => api.listCategories(),
    staleTime: 60_000,
  });
export const createCategory = (body: api.NewCategory) => api.createCategory({ body });
export const changeCategory = (id: string, body: api.CategoryChange) =>
  api.changeCategory({ path: { category_id: id }, body });

export const putCategoryImage = (id: string, file: Blob) =>
  api.setCategoryImage({ path: { category_id: id }, body: { file } });
export const removeCategoryImage = (id: string) =>
  api.removeCategoryImage({ path: { category_id: id } });

/** Where the videos of a category go when it is deleted. */
export type CategoryHeir = NonNullable<api.DeleteCategoryData["query"]>;
export const deleteCategory = (id: string, heir: CategoryHeir = {}) =>
  api.deleteCategory({ path: { category_id: id }, query: heir });
