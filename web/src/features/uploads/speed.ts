const WINDOW_MS = 8000;
const SHORTEST_MS = 800;

/** How fast bytes went over the last seconds: steady enough to tell the time left. */
export class Speedometer {
  private readings: { at: number; bytes: number }[] = [];

  constructor(private readonly now: () => number) {}

  /** Takes the bytes sent in all; answers bytes per second, or null until it can tell. */
  read(bytes: number): number | null {
    const at = this.now();
    this.readings.push({ at, bytes });
    this.readings = this.readings.filter((reading) => at - reading.at <= WINDOW_MS);
    const [first] = this.readings;
    if (!first || at - first.at < SHORTEST_MS) return null;
    return Math.max(0, ((bytes - first.bytes) / (at - first.at)) * 1000);
  }
}

/** Seconds until all is sent; null while the speed is unknown or nothing moves. */
export function secondsLeft(size: number, sent: number, speed: number | null): number | null {
  if (speed === null || speed < 1) return null;
  return Math.max(0, size - sent) / speed;
}
