import type { MediaPlayerProps } from "@vidstack/react";

type Shortcuts = NonNullable<MediaPlayerProps["keyShortcuts"]>;

const FRAME_SECONDS = 1 / 30;

function jump(keys: string, seconds: number, onlyPaused = false): Shortcuts[string] {
  return {
    keys,
    onKeyDown: ({ event, player, remote }) => {
      if (onlyPaused && !player.paused) return;
      event.preventDefault();
      const end = player.state.duration;
      // The element knows of the last jump before the player does, so quick presses add up.
      const now = player.el?.querySelector("video")?.currentTime ?? player.currentTime;
      remote.seek(Math.min(end, Math.max(0, now + seconds)), event);
      // Shows the same sign over the picture as the player's own keys do.
      const action = seconds > 0 ? "seekForward" : "seekBackward";
      if (!onlyPaused) player.$state.lastKeyboardAction.set({ action, event });
    },
  };
}

/** The keys of YouTube; digits (tenths of the video) are built in. */
export const SHORTCUTS: Shortcuts = {
  togglePaused: "k Space",
  toggleMuted: "m",
  toggleFullscreen: "f",
  togglePictureInPicture: "i",
  toggleCaptions: "c",
  volumeUp: "ArrowUp",
  volumeDown: "ArrowDown",
  speedUp: ">",
  slowDown: "<",
  fiveBack: jump("ArrowLeft", -5),
  fiveOn: jump("ArrowRight", 5),
  tenBack: jump("j J", -10),
  tenOn: jump("l L", 10),
  toStart: jump("Home", Number.NEGATIVE_INFINITY),
  frameBack: jump(",", -FRAME_SECONDS, true),
  frameOn: jump(".", FRAME_SECONDS, true),
};
