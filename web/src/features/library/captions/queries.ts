import { type QueryClient, queryOptions } from "@tanstack/react-query";
import * as api from "@/api/gen";
import { playbackQuery } from "@/features/engagement/queries";
import { captionsQuery } from "../queries";

/** Captions one by one, as they are when the editor opens; it does not want them changed below it. */
export const cuesQuery = (videoId: string, trackId: string) =>
  queryOptions({
    queryKey: ["cues", videoId, trackId],
    queryFn: () => api.listCues({ path: { video_id: videoId, track_id: trackId } }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

export const changeCues = (videoId: string, trackId: string, body: api.CuesChange) =>
  api.changeCues({ path: { video_id: videoId, track_id: trackId }, body });
export const writeCaptions = (videoId: string, body: api.NewCues) =>
  api.writeCaptions({ path: { video_id: videoId }, body });
export const replaceCaptions = (videoId: string, trackId: string, file: File) =>
  api.replaceCaptions({ path: { video_id: videoId, track_id: trackId }, body: { file } });
export const changeCaptions = (videoId: string, trackId: string, body: api.TrackChange) =>
  api.changeCaptions({ path: { video_id: videoId, track_id: trackId }, body });

/** After any change to captions: the list of them, and what players show. */
export async function refreshCaptions(queries: QueryClient, videoId: string): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({ queryKey: captionsQuery(videoId).queryKey }),
    queries.invalidateQueries({ queryKey: playbackQuery(videoId).queryKey }),
  ]);
}
