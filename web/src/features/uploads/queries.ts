import { queryOptions } from "@tanstack/react-query";
import { http } from "@/api/client";
import type { Quota, UnfinishedUpload, UploadLook, Video } from "@/api/types";

export interface NewVideo {
  title: string;
  filename: string;
  size_bytes: number;
  category_id?: string;
}

export const createVideo = (body: NewVideo) =>
  http.post<{ video: Video; upload: Pick<UploadLook, "id" | "url"> }>("/api/videos", body);

export const discardUpload = (url: string) => http.delete(url);

export const unfinishedQuery = () =>
  queryOptions({
    queryKey: ["uploads"],
    queryFn: () => http.get<{ items: UnfinishedUpload[] }>("/api/uploads"),
  });

export const quotaQuery = () =>
  queryOptions({ queryKey: ["quota"], queryFn: () => http.get<Quota>("/api/me/quota") });
