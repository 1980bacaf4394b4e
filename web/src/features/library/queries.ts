import { infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { http } from "@/api/client";
import type { Caption, CaptionKind, Category, Home, Page, Video, VideoCard } from "@/api/types";

export const homeQuery = () =>
  queryOptions({ queryKey: ["home"], queryFn: () => http.get<Home>("/api/home") });

export interface VideoFilter {
  scope?: "all" | "mine";
  category?: string;
  sort?: "newest" | "views";
}

const PAGE_SIZE = 24;

export const videosQuery = (filter: VideoFilter) =>
  infiniteQueryOptions({
    queryKey: ["videos", "list", filter],
    queryFn: ({ pageParam }) =>
      http.get<Page<VideoCard>>("/api/videos", { ...filter, cursor: pageParam, limit: PAGE_SIZE }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

export const videoQuery = (id: string) =>
  queryOptions({
    queryKey: ["videos", "one", id],
    queryFn: () => http.get<Video>(`/api/videos/${encodeURIComponent(id)}`),
  });

/** A few others to watch after this one. */
export const moreVideosQuery = (category: string | undefined) =>
  queryOptions({
    queryKey: ["videos", "more", category ?? ""],
    queryFn: () => http.get<Page<VideoCard>>("/api/videos", { scope: "all", category, limit: 13 }),
  });

export type VideoChange = Partial<{
  title: string;
  description: string;
  category_id: string | null;
  published: boolean;
  is_hero: boolean;
  tags: string[];
  allow_download: boolean;
}>;

export const changeVideo = (id: string, body: VideoChange) =>
  http.patch<Video>(`/api/videos/${id}`, body);
export const deleteVideo = (id: string) => http.delete(`/api/videos/${id}`);
export const retryVideo = (id: string) => http.post<void>(`/api/videos/${id}/retry`);

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
    queryFn: () => http.get<{ items: Caption[] }>(`/api/videos/${videoId}/captions`),
  });

export interface NewCaption {
  file: File;
  language: string;
  kind: CaptionKind;
  label: string;
  is_default: boolean;
}

export function addCaption(videoId: string, caption: NewCaption): Promise<Caption> {
  const form = new FormData();
  form.set("file", caption.file);
  form.set("language", caption.language);
  form.set("kind", caption.kind);
  form.set("label", caption.label);
  form.set("is_default", String(caption.is_default));
  return http.post<Caption>(`/api/videos/${videoId}/captions`, form);
}
export const deleteCaption = (videoId: string, id: string) =>
  http.delete(`/api/videos/${videoId}/captions/${id}`);

export const categoriesQuery = () =>
  queryOptions({
    queryKey: ["categories"],
    queryFn: () => http.get<{ items: Category[] }>("/api/categories"),
    staleTime: 60_000,
  });

export type CategoryChange = Partial<
  Pick<Category, "name" | "description" | "sort_order" | "is_active">
>;
export const createCategory = (body: CategoryChange) =>
  http.post<Category>("/api/categories", body);
export const changeCategory = (id: string, body: CategoryChange) =>
  http.patch<Category>(`/api/categories/${id}`, body);

/** Where the videos of a category go when it is deleted. */
export type CategoryHeir = { move_to: string } | { uncategorise: true } | Record<string, never>;
export const deleteCategory = (id: string, heir: CategoryHeir = {}) =>
  http.delete(`/api/categories/${id}`, heir);
