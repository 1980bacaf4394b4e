import { queryOptions } from "@tanstack/react-query";
import * as api from "@/api/gen";

export const playbackQuery = (videoId: string) =>
  queryOptions({
    queryKey: ["playback", videoId],
    queryFn: () => api.getPlayback({ path: { video_id: videoId } }),
    // Addresses are good until they expire; the watch page renews them itself.
    staleTime: 60_000,
    // The next visit asks anew: it begins where this one ends.
    gcTime: 0,
    refetchOnWindowFocus: false,
  });

/** `isLeaving` lets the report outlive the page. */
export const sendProgress = (videoId: string, body: api.ProgressReport, isLeaving: boolean) =>
  api.reportProgress({ path: { video_id: videoId }, body, keepalive: isLeaving });
