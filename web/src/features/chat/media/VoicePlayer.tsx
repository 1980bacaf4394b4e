import { type KeyboardEvent, type PointerEvent, useEffect } from "react";
import { useTranslations } from "use-intl";
import { formatClock } from "@/ui/format";
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from "@/ui/icons";
import { sound, useSound } from "./sound";
import classes from "./Voice.module.css";
import { barsOf, keySeek } from "./waveform";

const BARS = 40;

interface VoicePlayerProps {
  /** What tells it from every other sound. */
  id: string;
  url: string;
  /** Seconds. */
  duration: number;
  waveform: readonly number[];
}

/** Plays a voice note; its waveform is the time bar. */
export function VoicePlayer({ id, url, duration, waveform }: VoicePlayerProps) {
  const t = useTranslations("attachments");
  const { isPlaying, isCurrent, at, speed } = useSound(id);
  useEffect(() => () => sound.stop(id), [id]);
  const seek = (seconds: number) => sound.seek(id, url, Math.max(0, Math.min(seconds, duration)));
  const seekTo = ({ clientX, currentTarget }: PointerEvent<HTMLElement>) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    const share = (clientX - left) / width;
    seek(duration * (getComputedStyle(currentTarget).direction === "rtl" ? 1 - share : share));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const seconds = keySeek(event.key, at, duration);
    if (seconds === undefined) return;
    event.preventDefault();
    seek(seconds);
  };
  const share = duration > 0 ? at / duration : 0;
  const told = { at: formatClock(at), duration: formatClock(duration) };
  return (
    <div className={classes.player}>
      <button
        type="button"
        className={classes.toggle}
        aria-label={isPlaying ? t("pause") : t("play", { time: told.duration })}
        onClick={() => sound.toggle(id, url)}
      >
        {isPlaying ? <IconPlayerPauseFilled size={20} /> : <IconPlayerPlayFilled size={20} />}
      </button>
      <div
        role="slider"
        tabIndex={0}
        className={classes.wave}
        aria-label={t("position")}
        aria-valuemin={0}
        aria-valuemax={Math.round(duration)}
        aria-valuenow={Math.round(at)}
        aria-valuetext={t("positionOf", told)}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          // A long press would open the menu of the message.
          event.stopPropagation();
          event.currentTarget.setPointerCapture(event.pointerId);
          seekTo(event);
        }}
        onPointerMove={(event) => event.buttons > 0 && seekTo(event)}
      >
        {barsOf(waveform, BARS).map((height, bar) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: the bars never change places.
            key={bar}
            data-played={(bar + 0.5) / BARS <= share || undefined}
            style={{ height: `${Math.max(8, height)}%` }}
          />
        ))}
      </div>
      <span className={classes.time}>{formatClock(isCurrent && at > 0 ? at : duration)}</span>
      {isCurrent && (
        <button
          type="button"
          className={classes.speed}
          aria-label={t("speed", { speed })}
          onClick={() => sound.hurry()}
        >
          {speed}×
        </button>
      )}
    </div>
  );
}
