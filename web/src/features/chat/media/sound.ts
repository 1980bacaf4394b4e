import { useSyncExternalStore } from "react";

/** The voice message that plays: another one takes its place. */

const SPEEDS: readonly number[] = [1, 1.5, 2];
const SPEED = "lumenhall-voice-speed";

interface Heard {
  key: string | null;
  isPlaying: boolean;
  /** Seconds. */
  at: number;
  speed: number;
}

function rememberedSpeed(): number {
  try {
    const kept = Number(localStorage.getItem(SPEED));
    return SPEEDS.find((speed) => speed === kept) ?? 1;
  } catch {
    return 1;
  }
}

export class Sound {
  private readonly listeners = new Set<() => void>();
  private audio: HTMLAudioElement | null = null;
  private state: Heard = { key: null, isPlaying: false, at: 0, speed: rememberedSpeed() };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): Heard => this.state;

  /** Plays from where it stands, or pauses. */
  toggle(key: string, url: string): void {
    const audio = this.load(key, url);
    if (audio.paused) this.play(audio);
    else audio.pause();
  }

  /** Goes on at another second, playing or not as before. */
  seek(key: string, url: string, seconds: number): void {
    const audio = this.load(key, url);
    audio.currentTime = seconds;
    this.set({ at: seconds });
  }

  /** Ends it if it is this one: what it belongs to is gone. */
  stop(key: string): void {
    if (this.state.key !== key) return;
    this.audio?.pause();
    this.audio?.removeAttribute("src");
    this.set({ key: null, isPlaying: false, at: 0 });
  }

  /** The next one of the speeds, kept on this device. */
  hurry(): void {
    const next = SPEEDS[(SPEEDS.indexOf(this.state.speed) + 1) % SPEEDS.length];
    const speed = next ?? 1;
    if (this.audio) this.audio.playbackRate = speed;
    this.set({ speed });
    try {
      localStorage.setItem(SPEED, String(speed));
    } catch {
      // It holds until the page is left.
    }
  }

  private play(audio: HTMLAudioElement): void {
    audio.playbackRate = this.state.speed;
    // What cannot be played stays paused.
    audio.play().catch(() => undefined);
  }

  private load(key: string, url: string): HTMLAudioElement {
    const audio = this.audio ?? this.make();
    if (this.state.key !== key) {
      audio.pause();
      audio.src = url;
      this.set({ key, isPlaying: false, at: 0 });
    }
    return audio;
  }

  private make(): HTMLAudioElement {
    const audio = new Audio();
    this.audio = audio;
    // A part of the page, as all that it plays: one thing at a time is heard.
    document.body.append(audio);
    let frame = 0;
    const follow = () => {
      cancelAnimationFrame(frame);
      this.set({ isPlaying: !audio.paused, at: audio.currentTime });
      if (!audio.paused) frame = requestAnimationFrame(follow);
    };
    for (const event of ["play", "pause", "seeked"]) audio.addEventListener(event, follow);
    audio.addEventListener("ended", () => {
      cancelAnimationFrame(frame);
      this.set({ isPlaying: false, at: 0 });
      audio.currentTime = 0;
    });
    return audio;
  }

  private set(change: Partial<Heard>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}

export const sound = new Sound();

const SILENT: Omit<Heard, "speed"> = { key: null, isPlaying: false, at: 0 };

/** Where one sound stands; draws again only while it is this one that plays. */
export function useSound(key: string) {
  const heard = useSyncExternalStore(sound.subscribe, () => {
    const state = sound.snapshot();
    return state.key === key ? state : SILENT;
  });
  const speed = useSyncExternalStore(sound.subscribe, () => sound.snapshot().speed);
  return { ...heard, isCurrent: heard.key === key, speed };
}
