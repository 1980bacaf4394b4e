/**
 * What was really watched. Time counts as watched when it moved on by playing; a seek does not watch
 * what it jumps over. All in seconds.
 */

export type Range = [start: number, end: number];

/** A gap between two readings that playing cannot make, even at double speed in a slow page. */
const LONGEST_STEP_SECONDS = 4;

export interface Watched {
  ranges: Range[];
  position: number;
  /** Distinct seconds since the beginning of this visit. */
  watched_seconds: number;
}

export class WatchTracker {
  private open: Range | null = null;
  private done: Range[] = [];
  private all: Range[] = [];
  private position = 0;
  private hasMoved = false;

  /** The player's time, as often as it likes to tell. */
  at(time: number): void {
    const last = this.open?.[1];
    this.hasMoved ||= Math.floor(time) !== Math.floor(this.position);
    this.position = time;
    if (this.open && last !== undefined && time >= last && time - last <= LONGEST_STEP_SECONDS) {
      this.open[1] = time;
      return;
    }
    this.cut();
    this.open = [time, time];
  }

  /** The time jumped; what comes now is a stretch of its own. */
  jump(time: number): void {
    this.cut();
    this.open = [time, time];
    this.hasMoved ||= Math.floor(time) !== Math.floor(this.position);
    this.position = time;
  }

  /** What there is to report since the last call, or null when nothing changed. */
  take(): Watched | null {
    if (!this.hasMoved) return null;
    const at = this.open?.[1];
    this.cut();
    if (at !== undefined) this.open = [at, at];
    const ranges = unite(this.done);
    this.all = unite([...this.all, ...ranges]);
    this.done = [];
    this.hasMoved = false;
    return {
      ranges,
      position: Math.floor(this.position),
      watched_seconds: Math.floor(this.all.reduce((sum, [start, end]) => sum + end - start, 0)),
    };
  }

  private cut(): void {
    if (!this.open) return;
    const [start, end] = [toHundredths(this.open[0]), toHundredths(this.open[1])];
    if (end > start) this.done.push([start, end]);
    this.open = null;
  }
}

const toHundredths = (seconds: number): number => Math.round(seconds * 100) / 100;

/** Sorted ranges without overlap. */
export function unite(ranges: readonly Range[]): Range[] {
  const united: Range[] = [];
  for (const [start, end] of ranges.toSorted(([a], [b]) => a - b)) {
    const last = united.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else united.push([start, end]);
  }
  return united;
}
