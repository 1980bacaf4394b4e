import type Hls from "hls.js";

/** So long after hls.js has given up on the network. */
export const LOAD_AGAIN_MS = 5000;

/** Goes on where hls.js has given up on the network, be it the first thing of all that it asked for. */
export function loadAgain(hls: Hls | null | undefined): void {
  if (!hls?.url) return;
  if (hls.levels.length > 0) hls.startLoad();
  else hls.loadSource(hls.url);
}
