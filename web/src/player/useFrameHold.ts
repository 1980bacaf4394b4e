import { useCallback, useRef } from "react";

const LONGEST_HOLD_MS = 6000;

/** Shows the last picture while the player loads the same second from better renditions. */
export function useFrameHold() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const held = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const release = useCallback(() => {
    clearTimeout(timer.current);
    held.current = false;
    canvas.current?.removeAttribute("data-held");
  }, []);

  const hold = useCallback(
    (player: HTMLElement | null) => {
      const video = player?.querySelector("video");
      const picture = canvas.current;
      if (!video || !picture || video.videoWidth === 0) return;
      picture.width = video.videoWidth;
      picture.height = video.videoHeight;
      picture.getContext("2d")?.drawImage(video, 0, 0);
      picture.setAttribute("data-held", "");
      held.current = true;
      timer.current = setTimeout(release, LONGEST_HOLD_MS);
    },
    [release],
  );

  const isHeld = useCallback(() => held.current, []);
  return { canvas, hold, release, isHeld };
}
