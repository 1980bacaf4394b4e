import { queryOptions, useQuery } from "@tanstack/react-query";
import * as api from "@/api/gen";
import { useRenewal } from "@/features/engagement/usePlayback";

export const chatPlaybackQuery = (mediaId: string) =>
  queryOptions({
    queryKey: ["chat", "playback", mediaId],
    queryFn: () => api.getChatPlayback({ path: { media_id: mediaId } }),
    staleTime: 60_000,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });

/** The addresses of a video that somebody sent, renewed before they expire. */
export function useChatPlayback(mediaId: string) {
  const query = useQuery(chatPlaybackQuery(mediaId));
  useRenewal(query);
  return query;
}
