import { useMemo } from "react";
import { useLocale } from "use-intl";
import { type PlainCue, parseCues } from "@/player/cues";
import type { PlayerCaption } from "@/player/VideoPlayer";
import { type Addresses, useCaptionTexts } from "../usePlayback";

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

interface Words {
  transcripts: Track[];
  chapters: Track | undefined;
}

/** What is said in a video and how it is divided, as far as it is loaded. */
export function useWords(playback: Addresses | undefined): Words {
  const locale = useLocale();
  const captions = useCaptionTexts(playback);
  return useMemo(() => {
    const ordered = inOrder(captions, locale);
    const [chapters] = ordered.filter(({ kind }) => kind === "chapters").map(toTrack);
    const transcripts = ordered.filter(({ kind }) => kind !== "chapters").map(toTrack);
    return { transcripts, chapters };
  }, [captions, locale]);
}
