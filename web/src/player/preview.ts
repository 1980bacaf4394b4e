import Hls from "hls.js";

/** Plays an address without sound in a plain element, small and unhurried. Returns how to stop. */
export function attachPreview(video: HTMLVideoElement, url: string): () => void {
  // Chromium claims to play HLS by itself, but worse than hls.js does.
  if (!Hls.isSupported()) {
    video.src = url;
    void video.play().catch(() => undefined);
    return () => video.removeAttribute("src");
  }
  const hls = new Hls({ startPosition: 0, capLevelToPlayerSize: true, maxBufferLength: 12 });
  hls.loadSource(url);
  hls.attachMedia(video);
  hls.on(Hls.Events.MANIFEST_PARSED, () => void video.play().catch(() => undefined));
  const pauseUnseen = new IntersectionObserver(([entry]) => {
    if (!entry?.isIntersecting) video.pause();
  });
  pauseUnseen.observe(video);
  return () => {
    pauseUnseen.disconnect();
    hls.destroy();
  };
}
