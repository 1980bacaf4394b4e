import { useSyncExternalStore } from "react";

/** Where the player of this page is, for what stands beside it. A page has one player at most. */
export class Playhead {
  private readonly listeners = new Set<() => void>();
  private readonly players: PlayerHands[] = [];
  private seconds: number | null = null;

  /** A player is there now; returns how to take it away again. */
  attach(player: PlayerHands): () => void {
    this.players.push(player);
    return () => {
      this.players.splice(this.players.indexOf(player), 1);
      if (this.players.length === 0) this.moved(null);
    };
  }

  /** The player says where it is. */
  moved(seconds: number | null): void {
    if (seconds === this.seconds) return;
    this.seconds = seconds;
    for (const listener of this.listeners) listener();
  }

  /** Goes on at another second, playing or not as before. */
  seek(seconds: number): void {
    this.players.at(-1)?.seek(seconds);
    this.moved(seconds);
  }

  play(): void {
    this.players.at(-1)?.play();
  }

  pause(): void {
    this.players.at(-1)?.pause();
  }

  toggle(): void {
    this.players.at(-1)?.toggle();
  }

  /** Seconds, null while there is no player. */
  readonly now = (): number | null => this.seconds;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}

export interface PlayerHands {
  seek: (seconds: number) => void;
  play: () => void;
  pause: () => void;
  toggle: () => void;
}

export const playhead = new Playhead();

/** Lets a plain video be the player of the page; returns how to end that. */
export function followVideo(video: HTMLVideoElement): () => void {
  const leave = playhead.attach({
    seek: (seconds) => {
      video.currentTime = seconds;
    },
    play: () => void video.play().catch(() => undefined),
    pause: () => video.pause(),
    toggle: () => (video.paused ? void video.play().catch(() => undefined) : video.pause()),
  });
  let frame = 0;
  const follow = () => {
    cancelAnimationFrame(frame);
    playhead.moved(video.currentTime);
    // Captions are set to the frame: four reports a second are not enough.
    if (!video.paused) frame = requestAnimationFrame(follow);
  };
  const events = ["play", "pause", "seeking", "seeked", "loadedmetadata"];
  for (const event of events) video.addEventListener(event, follow);
  return () => {
    for (const event of events) video.removeEventListener(event, follow);
    cancelAnimationFrame(frame);
    leave();
  };
}

/** What `select` makes of the player's second; draws again only when that changes. */
export function usePlayhead<T extends string | number | boolean | null>(
  select: (seconds: number | null) => T,
): T {
  return useSyncExternalStore(playhead.subscribe, () => select(playhead.now()));
}
