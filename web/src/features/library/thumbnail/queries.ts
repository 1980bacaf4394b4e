import type { QueryClient } from "@tanstack/react-query";
import * as api from "@/api/gen";
import type { Video } from "@/api/types";
import { refreshVideos, videoQuery } from "../queries";

export const uploadThumbnail = (videoId: string, file: File) =>
  api.uploadThumbnail({ path: { video_id: videoId }, body: { file } });
export const chooseFrame = (videoId: string, seconds: number) =>
  api.chooseFrame({ path: { video_id: videoId }, body: { at_seconds: seconds } });
export const resetThumbnail = (videoId: string) =>
  api.resetThumbnail({ path: { video_id: videoId } });

/** Shows the video as it is now, here and in all lists. */
export async function showChanged(queries: QueryClient, video: Video): Promise<void> {
  queries.setQueryData(videoQuery(video.id).queryKey, video);
  await refreshVideos(queries);
}
