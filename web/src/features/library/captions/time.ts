/** Times as people type and read them in the editor; the numbers are whole milliseconds. */

export const LATEST_MS = 10_000 * 3_600_000 - 1;

const SHAPE = /^(?:(?:(\d{1,4}):)?(\d{1,3}):)?(\d{1,6})(?:[.,](\d{1,3})\d*)?$/;

/** `1:02:03.450`, without hours where there are none. */
export function formatTime(ms: number): string {
  const whole = Math.max(0, Math.round(ms));
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  const hours = Math.floor(whole / 3_600_000);
  const minutes = (whole / 60_000) % 60;
  const seconds = `${two((whole / 1000) % 60)}.${String(whole % 1000).padStart(3, "0")}`;
  return hours > 0 ? `${hours}:${two(minutes)}:${seconds}` : `${Math.floor(minutes)}:${seconds}`;
}

/** Reads `1:02:03.450`, `62,5` and what lies between; null when it is no time. */
export function parseTime(text: string): number | null {
  const found = SHAPE.exec(text.trim());
  if (!found) return null;
  const [, hours = "0", minutes = "0", seconds = "0", rest = ""] = found;
  const ms =
    ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 +
    Number(rest.padEnd(3, "0"));
  return ms <= LATEST_MS ? ms : null;
}

/** A shift such as `-1.5` or `+0:02`; null when it is none. */
export function parseShift(text: string): number | null {
  const [, sign = "", rest = ""] = /^\s*([+\-−]?)(.*)$/.exec(text) ?? [];
  const ms = parseTime(rest);
  return ms === null ? null : sign === "-" || sign === "−" ? -ms : ms;
}
