import type Hls from "hls.js";

/** So long after something went wrong: the network was away, or the picture could not be decoded. */
export const LOAD_AGAIN_MS = 5000;

/** Goes on where loading has ended, or begins anew at `seconds` where that is of no use. */
export function loadAgain(hls: Hls | null | undefined, seconds: number): void {
  if (!hls?.url) return;
  if (hls.levels.length > 0 && !hls.media?.error) {
    hls.startLoad();
    return;
  }
  hls.config.startPosition = seconds;
  hls.loadSource(hls.url);
}
