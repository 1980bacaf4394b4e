/** The shape of a sound as numbers from 0 to 100, evenly over its length. */

/** As many bars as fit: each is the loudest of those it stands for. */
export function barsOf(peaks: readonly number[], count: number): number[] {
  if (peaks.length === 0) return Array<number>(count).fill(0);
  return Array.from({ length: count }, (_, at) => {
    const from = Math.floor((at * peaks.length) / count);
    const to = Math.max(from + 1, Math.floor(((at + 1) * peaks.length) / count));
    return Math.max(...peaks.slice(from, to));
  });
}

const STEP_SECONDS = 2;

/** Where a key leads to on a time bar; undefined for every other key. */
export function keySeek(key: string, at: number, duration: number): number | undefined {
  const inside = (seconds: number) => Math.min(duration, Math.max(0, seconds));
  switch (key) {
    case "ArrowRight":
    case "ArrowUp":
      return inside(at + STEP_SECONDS);
    case "ArrowLeft":
    case "ArrowDown":
      return inside(at - STEP_SECONDS);
    case "PageUp":
      return inside(at + duration / 4);
    case "PageDown":
      return inside(at - duration / 4);
    case "Home":
      return 0;
    case "End":
      return duration;
    default:
      return undefined;
  }
}
