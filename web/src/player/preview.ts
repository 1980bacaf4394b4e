import Hls from "./hlsLibrary";

/** Enough behind words and shades, and few bytes. */
const TALLEST = 480;

/** Loads an address into a plain element, small and unhurried, for whoever plays it then. Returns how to stop. */
export function attachPreview(video: HTMLVideoElement, url: string): () => void {
  // Chromium claims to play HLS by itself, but worse than hls.js does.
  if (!Hls.isSupported()) {
    video.src = url;
    return () => video.removeAttribute("src");
  }
  const hls = new Hls({ startPosition: 0, startLevel: 0, maxBufferLength: 12 });
  hls.on(Hls.Events.MANIFEST_PARSED, (_, { levels }) => {
    const small = levels.filter(({ height }) => height <= TALLEST);
    hls.autoLevelCapping = Math.max(0, small.length - 1);
  });
  hls.loadSource(url);
  hls.attachMedia(video);
  return () => hls.destroy();
}
