/** Reads the WebVTT that our server writes: cues in order of time, no headers, notes or styles. */

export interface PlainCue {
  /** Seconds. */
  start: number;
  end: number;
  /** Words alone, in one line. */
  text: string;
}

const TIMING = /^(\d+:\d{2}:\d{2}\.\d{3}) --> (\d+:\d{2}:\d{2}\.\d{3})/;
const ENTITIES: Record<string, string> = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };

const seconds = (clock: string): number =>
  clock.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);

/** A payload without its tags: `<i>Tom</i> &amp; Jerry` → `Tom & Jerry`. */
export const plainText = (payload: string): string =>
  payload
    .replace(/<[^<>]*>/g, "")
    .replace(/&(?:lt|gt|amp);/g, (entity) => ENTITIES[entity] ?? entity)
    .split(/\s+/)
    .filter(Boolean)
    .join(" ");

export function parseCues(webvtt: string): PlainCue[] {
  return webvtt.split("\n\n").flatMap((block) => {
    const [timing = "", ...lines] = block.split("\n");
    const found = TIMING.exec(timing);
    if (!found?.[1] || !found[2]) return [];
    const text = plainText(lines.join(" "));
    return [{ start: seconds(found[1]), end: seconds(found[2]), text }];
  });
}

/** The same file with words alone: players show the titles of chapters as they stand. */
export const withPlainText = (webvtt: string): string =>
  webvtt
    .split("\n\n")
    .map((block) => {
      const [timing = "", ...lines] = block.split("\n");
      return TIMING.test(timing) ? `${timing}\n${plainText(lines.join(" "))}` : block;
    })
    .join("\n\n");

/** The index of the last cue that has begun at a moment, -1 before the first. */
export function indexAt(cues: readonly { start: number }[], moment: number): number {
  let low = 0;
  let high = cues.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cues[middle]?.start ?? 0) <= moment) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
