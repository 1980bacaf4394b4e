import { LocalMediaStorage } from "@vidstack/react";

/** Remembers volume, speed and captions on this device; where to begin, the page tells it. */
export class PlayerPreferences extends LocalMediaStorage {
  constructor(
    private readonly position: () => number,
    private readonly isOwn = true,
  ) {
    super();
  }

  override getPlaybackRate(): Promise<number | null> {
    return this.isOwn ? super.getPlaybackRate() : Promise.resolve(null);
  }

  override setPlaybackRate(rate: number): Promise<void> {
    return this.isOwn ? super.setPlaybackRate(rate) : Promise.resolve();
  }

  override setMuted(isMuted: boolean): Promise<void> {
    // What is watched together also falls silent by itself, for a moment.
    return this.isOwn ? super.setMuted(isMuted) : Promise.resolve();
  }

  override getTime(): Promise<number | null> {
    return Promise.resolve(this.position() || null);
  }

  override setTime(): Promise<void> {
    return Promise.resolve();
  }

  override getVideoQuality(): Promise<null> {
    return Promise.resolve(null);
  }

  override onChange(): void {
    super.onChange("" as never, null, "lumenhall-player");
  }
}
