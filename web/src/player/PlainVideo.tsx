import type Hls from "hls.js";
import { useEffect, useRef } from "react";
import { grantOf, withGrant } from "./grant";
import { playhead } from "./playhead";

interface PlainVideoProps {
  /** An HLS master playlist. Another grant in it is taken up silently. */
  src: string;
  label: string;
  className?: string;
  onReady?: (video: HTMLVideoElement) => void;
}

/** A video for working with: the browser's own controls, no start by itself, seeks to the frame. */
export function PlainVideo({ src, label, className, onReady }: PlainVideoProps) {
  const element = useRef<HTMLVideoElement>(null);
  const newest = useRef(src);
  newest.current = src;
  const media = withGrant(src, "");

  // biome-ignore lint/correctness/useExhaustiveDependencies: only other media are loaded anew.
  useEffect(() => {
    let hls: Hls | null = null;
    let isGone = false;
    void import("hls.js").then(({ default: Player }) => {
      const video = element.current;
      if (isGone || !video) return;
      if (!Player.isSupported()) {
        video.src = newest.current;
        return;
      }
      hls = new Player({
        startPosition: 0,
        maxBufferLength: 20,
        capLevelToPlayerSize: true,
        xhrSetup: (xhr, url) => {
          xhr.open("GET", withGrant(url, grantOf(newest.current)), true);
        },
      });
      hls.loadSource(newest.current);
      hls.attachMedia(video);
    });
    return () => {
      isGone = true;
      hls?.destroy();
    };
  }, [media]);

  useEffect(() => {
    const video = element.current;
    if (!video) return;
    onReady?.(video);
    const leave = playhead.attach({
      seek: (seconds) => {
        video.currentTime = seconds;
      },
      play: () => void video.play().catch(() => undefined),
      toggle: () => (video.paused ? void video.play().catch(() => undefined) : video.pause()),
    });
    let frame = 0;
    const follow = () => {
      playhead.moved(video.currentTime);
      if (!video.paused) frame = requestAnimationFrame(follow);
    };
    const events = ["play", "seeking", "seeked", "pause", "loadedmetadata"] as const;
    for (const event of events) video.addEventListener(event, follow);
    return () => {
      for (const event of events) video.removeEventListener(event, follow);
      cancelAnimationFrame(frame);
      leave();
    };
  }, [onReady]);

  return (
    // biome-ignore lint/a11y/useMediaCaption: the captions being edited are shown beside it.
    <video ref={element} className={className} aria-label={label} controls playsInline />
  );
}
