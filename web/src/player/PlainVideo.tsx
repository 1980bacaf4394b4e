import type Hls from "hls.js";
import { type RefObject, useEffect, useRef } from "react";
import { grantOf, withGrant } from "./grant";
import { LOAD_AGAIN_MS, loadAgain } from "./loadAgain";

interface PlainVideoProps {
  /** An HLS master playlist. Another grant in it is taken up silently. */
  src: string;
  label: string;
  element: RefObject<HTMLVideoElement | null>;
  hasControls?: boolean;
  /** Seconds; only the first value of each video counts. */
  startAt?: number;
  /** As soon as there is something to play; somebody has asked for it. */
  playsAtOnce?: boolean;
}

/** A video without much around it: the browser's own controls, seeks to the frame. */
export function PlainVideo(props: PlainVideoProps) {
  const { src, label, element, hasControls = true, startAt = 0, playsAtOnce = false } = props;
  const newest = useRef(src);
  newest.current = src;
  const media = withGrant(src, "");

  // biome-ignore lint/correctness/useExhaustiveDependencies: only other media are loaded anew.
  useEffect(() => {
    let hls: Hls | null = null;
    let isGone = false;
    let again: ReturnType<typeof setTimeout> | undefined;
    void import("./hlsLibrary").then(({ default: Player }) => {
      const video = element.current;
      if (isGone || !video) return;
      if (!Player.isSupported()) {
        video.src = `${newest.current}#t=${startAt}`;
        return;
      }
      hls = new Player({
        startPosition: startAt,
        maxBufferLength: 20,
        capLevelToPlayerSize: true,
        xhrSetup: (xhr, url) => {
          xhr.open("GET", withGrant(url, grantOf(newest.current)), true);
        },
      });
      const tryAgain = () => {
        if (again !== undefined) return;
        const wasPlaying = !video.paused;
        again = setTimeout(() => {
          again = undefined;
          loadAgain(hls, video.currentTime || startAt);
          if (wasPlaying) void video.play().catch(() => undefined);
        }, LOAD_AGAIN_MS);
      };
      hls.on(Player.Events.ERROR, (_, { fatal }) => fatal && tryAgain());
      video.onerror = tryAgain;
      hls.loadSource(newest.current);
      hls.attachMedia(video);
    });
    return () => {
      isGone = true;
      clearTimeout(again);
      hls?.destroy();
    };
  }, [media, element]);

  return (
    // biome-ignore lint/a11y/useMediaCaption: the captions being edited are shown beside it.
    <video
      ref={element}
      aria-label={label}
      controls={hasControls}
      autoPlay={playsAtOnce}
      playsInline
    />
  );
}
