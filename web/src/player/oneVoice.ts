/** Of all that a page could be heard playing, what began last is heard alone. */

/** What others watch too cannot be paused for it: it marks itself so, and falls silent instead. */
export const SHARED = "data-shared-play";

/** Its own sound is all that may be heard now. */
let recordings = 0;

const media = (): HTMLMediaElement[] => [...document.querySelectorAll("video, audio")] as never;
const isHeard = (one: HTMLMediaElement): boolean => !one.paused && !one.muted;
const isShared = (one: HTMLMediaElement): boolean => one.closest(`[${SHARED}]`) !== null;

/** Whatever begins to be heard on this page pauses the rest from now on. */
export function keepOneVoice(): void {
  // It does not bubble, but it can be caught on its way down.
  const onPlay = ({ target }: Event) => {
    if (!(target instanceof HTMLMediaElement) || target.muted || isShared(target)) return;
    pauseAll(target);
  };
  document.addEventListener("play", onPlay, true);
}

/** Pauses all that can be heard, but for what others watch too. */
export function pauseAll(besides?: HTMLMediaElement): void {
  for (const other of media()) {
    if (other !== besides && isHeard(other) && !isShared(other)) other.pause();
  }
}

/** The microphone is on until the returned function is called. */
export function beginRecording(): () => void {
  pauseAll();
  recordings += 1;
  return () => {
    recordings -= 1;
  };
}

/** Makes what others watch too silent for as long as something else is heard or recorded. */
export class Hush {
  private isOn = false;

  follow(shared: HTMLMediaElement): void {
    const isOn = recordings > 0 || media().some((one) => one !== shared && isHeard(one));
    if (isOn === this.isOn) return;
    // Who has muted it wants it silent afterwards too.
    if (isOn && shared.muted) return;
    this.isOn = isOn;
    shared.muted = isOn;
  }
}
