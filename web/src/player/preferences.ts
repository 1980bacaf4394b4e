import { LocalMediaStorage } from "@vidstack/react";

/** Remembers volume, speed and captions on this device. The position is the server's to remember. */
export class PlayerPreferences extends LocalMediaStorage {
  override getTime(): Promise<null> {
    return Promise.resolve(null);
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
