import { useQueries, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Playback } from "@/api/types";
import { grantOf, withGrant } from "@/player/grant";
import { parseStoryboard, type StoryboardTile } from "@/player/storyboard";
import type { PlayerCaption } from "@/player/VideoPlayer";
import { playbackQuery } from "./queries";

const SHORTEST_RENEWAL_MS = 5000;
/** Renewed once this share of their life is over. */
const RENEW_AT = 0.75;

async function fetchText(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} for ${url}`);
  return response.text();
}

/** What a player needs of where something plays. */
export type Addresses = Omit<Playback, "resume_at">;

/** The same address leads to more once the ladder is there; the fragment makes the player look again. */
export const addressOf = ({ hls_url, final }: Addresses): string =>
  final ? hls_url : `${hls_url}#growing`;

/** The addresses of a video, renewed before they expire for as long as the page is open. */
export function usePlayback(videoId: string, isPlayable: boolean) {
  const query = useQuery({ ...playbackQuery(videoId), enabled: isPlayable });
  useRenewal(query);
  return query;
}

interface Renewable {
  data: { expires_at: string } | undefined;
  dataUpdatedAt: number;
  refetch: () => unknown;
}

/** Fetches addresses anew before they expire. */
export function useRenewal({ data: playback, dataUpdatedAt, refetch }: Renewable): void {
  useEffect(() => {
    if (!playback) return;
    const life = Date.parse(playback.expires_at) - dataUpdatedAt;
    const wait = Math.max(SHORTEST_RENEWAL_MS, life * RENEW_AT - (Date.now() - dataUpdatedAt));
    const timer = setTimeout(() => void refetch(), Math.min(wait, 2 ** 31 - 1));
    return () => clearTimeout(timer);
  }, [playback, dataUpdatedAt, refetch]);
}

/** An address of captions without its grant: it changes with their text only. */
const versionOf = (url: string): string => withGrant(url, "");

/** The texts of all captions; loaded once each, whatever grant their addresses carry. */
export function useCaptionTexts(playback: Addresses | undefined): PlayerCaption[] {
  const captions = playback?.captions ?? [];
  return useQueries({
    queries: captions.map(({ url }) => ({
      queryKey: ["caption-text", versionOf(url)],
      queryFn: () => fetchText(url),
      staleTime: Number.POSITIVE_INFINITY,
    })),
    combine: (results) =>
      results.flatMap(({ data }, at) => {
        const caption = captions[at];
        return caption && data !== undefined
          ? [{ ...caption, text: data, version: versionOf(caption.url) }]
          : [];
      }),
  });
}

/** The storyboard, its pictures under the grant of this moment. */
export function useStoryboard(playback: Addresses | undefined): StoryboardTile[] {
  const url = playback?.storyboard_vtt_url ?? null;
  const { data } = useQuery({
    queryKey: ["storyboard", url && withGrant(url, "")],
    queryFn: async () =>
      url ? parseStoryboard(await fetchText(url), new URL(url, location.href).href) : [],
    enabled: url !== null,
    staleTime: Number.POSITIVE_INFINITY,
    select: (tiles) => {
      const grant = url && grantOf(url);
      return tiles.map((tile) => ({ ...tile, url: withGrant(tile.url, grant) }));
    },
  });
  return data ?? [];
}
