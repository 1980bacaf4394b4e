import { type MediaPlayerInstance, useMediaRemote } from "@vidstack/react";
import { type RefObject, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import classes from "./TapSeek.module.css";
import { SECOND_TAP_MS, type Side, sideOf, Taps } from "./taps";

const STEP_SECONDS = 10;
const SHOWN_MS = 700;
/** A finger that moves farther does not tap: it scrolls. */
const STILL_PX = 10;

interface Sought {
  side: Side;
  seconds: number;
}

interface TapSeekProps {
  player: RefObject<MediaPlayerInstance | null>;
}

/** What fingers do on the picture: one tap shows the controls, two on a side seek and say so. */
export function TapSeek({ player }: TapSeekProps) {
  const t = useTranslations("player");
  const remote = useMediaRemote(player);
  const [sought, setSought] = useState<Sought | null>(null);
  const hide = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    const picture = player.current?.el?.querySelector<HTMLElement>("[data-media-provider]");
    if (!picture) return;
    const taps = new Taps();
    let start: Touch | undefined;
    let single: ReturnType<typeof setTimeout>;

    const seek = (side: Side, count: number) => {
      const now = picture.querySelector("video")?.currentTime ?? 0;
      const end = player.current?.state.duration ?? 0;
      remote.seek(Math.min(end, Math.max(0, now + side * STEP_SECONDS)));
      setSought({ side, seconds: count * STEP_SECONDS });
      clearTimeout(hide.current);
      hide.current = setTimeout(() => setSought(null), SHOWN_MS);
    };
    const began = ({ touches }: TouchEvent) => {
      start = touches.length === 1 ? touches[0] : undefined;
    };
    const ended = (event: TouchEvent) => {
      // In place of what the player itself makes of taps, and of the click that would follow.
      event.stopImmediatePropagation();
      const touch = event.changedTouches[0];
      if (!touch || !start) return;
      const moved = Math.hypot(touch.clientX - start.clientX, touch.clientY - start.clientY);
      if (moved > STILL_PX) return;
      if (event.cancelable) event.preventDefault();
      const { left, width } = picture.getBoundingClientRect();
      const side = sideOf(touch.clientX - left, width);
      const count = taps.tap(side, event.timeStamp);
      clearTimeout(single);
      if (count === 0) single = setTimeout(() => remote.toggleControls(), SECOND_TAP_MS);
      else if (side !== 0) seek(side, count);
      else if (count === 1) remote.toggleFullscreen();
    };
    picture.addEventListener("touchstart", began, { passive: true });
    picture.addEventListener("touchend", ended, { capture: true, passive: false });
    return () => {
      clearTimeout(single);
      clearTimeout(hide.current);
      picture.removeEventListener("touchstart", began);
      picture.removeEventListener("touchend", ended, { capture: true });
    };
  }, [player, remote]);

  return (
    sought && (
      <div className={classes.sought} data-side={sought.side} aria-hidden="true">
        <span key={sought.seconds} className={classes.arrows}>
          <i />
          <i />
        </span>
        {t("seconds", { seconds: sought.seconds })}
      </div>
    )
  );
}
