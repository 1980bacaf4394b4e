/** Which side of the picture a finger touched: back, neither, or on. */
export type Side = -1 | 0 | 1;

export const SECOND_TAP_MS = 280;
/** Once it is seeking, a finger may take its time. */
const FURTHER_TAP_MS = 700;
const SIDE_SHARE = 1 / 3;

export function sideOf(x: number, width: number): Side {
  if (x < width * SIDE_SHARE) return -1;
  return x > width * (1 - SIDE_SHARE) ? 1 : 0;
}

/** Tells one tap from two, and counts those that follow on the same side. */
export class Taps {
  private side: Side = 0;
  private count = 0;
  private last = Number.NEGATIVE_INFINITY;

  /** How many taps it makes beyond the first: 0 for a tap that stands alone so far. */
  tap(side: Side, now: number): number {
    const longest = this.count > 0 ? FURTHER_TAP_MS : SECOND_TAP_MS;
    this.count = side === this.side && now - this.last <= longest ? this.count + 1 : 0;
    this.side = side;
    this.last = now;
    return this.count;
  }
}
