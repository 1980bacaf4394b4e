import type Hls from "hls.js";
import { type RefObject, useEffect, useRef } from "react";
import { grantOf, withGrant } from "./grant";

interface PlainVideoProps {
  /** An HLS master playlist. Another grant in it is taken up silently. */
  src: string;
  label: string;
  element: RefObject<HTMLVideoElement | null>;
  hasControls?: boolean;
}

/** A video for working with: the browser's own controls, no start by itself, seeks to the frame. */
export function PlainVideo({ src, label, element, hasControls = true }: PlainVideoProps) {
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
  }, [media, element]);

  return (
    // biome-ignore lint/a11y/useMediaCaption: the captions being edited are shown beside it.
    <video ref={element} aria-label={label} controls={hasControls} playsInline />
  );
}
