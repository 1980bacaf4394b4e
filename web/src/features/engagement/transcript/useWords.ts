import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useLocale } from "use-intl";
import { type PlainCue, parseCues } from "@/player/cues";
import type { PlayerCaption } from "@/player/VideoPlayer";
import { playbackQuery } from "../queries";
import { useCaptionTexts } from "../usePlayback";

export interface Track {
  id: string;
  label: string;
  language: string;
  cues: readonly PlainCue[];
}

const toTrack = ({ id, label, language, text }: PlayerCaption): Track => ({
  id,
  label,
  language,
  cues: parseCues(text),
});

/** The one a viewer most likely wants first, then the others. */
function inOrder(captions: readonly PlayerCaption[], locale: string): PlayerCaption[] {
  const rank = ({ is_default, language }: PlayerCaption) =>
    (language.split("-")[0] === locale ? 0 : 2) + (is_default ? 0 : 1);
  return captions.toSorted((one, other) => rank(one) - rank(other));
}

/** What is said in a video and how it is divided, as far as the player has loaded it. */
export function useWords(videoId: string): { transcripts: Track[]; chapters: Track | undefined } {
  const locale = useLocale();
  // The player asks; this only listens.
  const { data: playback } = useQuery({ ...playbackQuery(videoId), enabled: false });
  const captions = useCaptionTexts(playback);
  return useMemo(() => {
    const ordered = inOrder(captions, locale);
    const [chapters] = ordered.filter(({ kind }) => kind === "chapters").map(toTrack);
    const transcripts = ordered.filter(({ kind }) => kind !== "chapters").map(toTrack);
    return { transcripts, chapters };
  }, [captions, locale]);
}
