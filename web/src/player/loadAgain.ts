import type Hls from "hls.js";

/** So long after something went wrong: the network was away, or the picture could not be decoded. */
export const LOAD_AGAIN_MS = 5000;

/**
 * Goes on loading after hls.js has given up. Where nothing is left to play it begins anew at
 * `seconds`, and returns true: having failed once, hls.js may ask for nothing any more.
 */
export function loadAgain(hls: Hls | null | undefined, seconds: number): boolean {
  if (!hls?.url) return false;
  const { media } = hls;
  const hasMore = media && (media.ended || media.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA);
  if (hls.levels.length > 0 && hasMore && !media.error) {
    hls.startLoad();
    return false;
  }
  hls.config.startPosition = seconds;
  hls.loadSource(hls.url);
  return true;
}
