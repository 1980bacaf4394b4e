import type { Party } from "@/api/types";
import type { Asked } from "@/player/VideoPlayer";
import type { Course } from "./step";

/** What is asked for, in full. */
export interface Wish {
  state: Party["state"];
  position_seconds: number;
  rate: number;
}

export const courseOf = ({ state, position_seconds, at, rate }: Wish & { at: string }): Course => ({
  isPlaying: state === "playing",
  position: position_seconds,
  at: Date.parse(at),
  rate,
});

/**
 * What holds for everyone, or has been asked for here already, changed as somebody asks where the
 * player is at `position`. What is paused goes on where it stands for everyone.
 */
export function wishOf(now: Wish, asked: Asked, position: number): Wish {
  const position_seconds = now.state === "paused" ? now.position_seconds : position;
  switch (asked.kind) {
    case "play":
      return { ...now, state: "playing", position_seconds };
    case "pause":
      return { ...now, state: "paused", position_seconds };
    case "seek":
      return { ...now, position_seconds: asked.seconds };
    case "rate":
      return { ...now, rate: asked.rate, position_seconds };
  }
}

interface HelmOptions {
  /** Sends a wish for the version that it changes; the answer says what holds. */
  send: (wish: Wish, version: number) => Promise<Party>;
  taken: (party: Party) => void;
  failed: (error: unknown) => void;
}

/** Sends one wish after the other; of those that come meanwhile, only the last counts. */
export class Helm {
  private waiting: Wish | null = null;
  private isBusy = false;

  constructor(private readonly options: HelmOptions) {}

  ask(wish: Wish, version: number): void {
    this.waiting = wish;
    if (!this.isBusy) void this.work(version);
  }

  private async work(version: number): Promise<void> {
    this.isBusy = true;
    let base = version;
    try {
      while (this.waiting) {
        const wish = this.waiting;
        this.waiting = null;
        const party = await this.options.send(wish, base);
        base = party.version;
        if (!this.waiting) this.options.taken(party);
      }
    } catch (error) {
      this.waiting = null;
      this.options.failed(error);
    } finally {
      this.isBusy = false;
    }
  }
}
