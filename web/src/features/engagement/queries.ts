import { queryOptions } from "@tanstack/react-query";
import { http } from "@/api/client";
import type { Playback, WatchProgress } from "@/api/types";

export const playbackQuery = (videoId: string) =>
  queryOptions({
    queryKey: ["playback", videoId],
    queryFn: () => http.get<Playback>(`/api/videos/${encodeURIComponent(videoId)}/playback`),
    // Addresses are good until they expire; the watch page renews them itself.
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });

export interface ProgressReport {
  watched_seconds: number;
  duration_seconds: number;
  last_position: number;
  ranges: [number, number][];
  at: string;
}

/** `isLeaving` lets the report outlive the page. */
export const sendProgress = (videoId: string, report: ProgressReport, isLeaving: boolean) =>
  http.put<WatchProgress>(`/api/videos/${videoId}/progress`, report, isLeaving);
