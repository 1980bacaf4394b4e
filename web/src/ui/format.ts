/** Numbers as people read them. All are pure; dates are formatted by use-intl. */

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

export const GIGABYTE = 1024 ** 3;

/** `1.2 GB`: powers of 1024, so that a limit of 2 GB reads as 2 GB. */
export function formatBytes(bytes: number, locale: string): string {
  let value = Math.max(0, bytes);
  let unit = 0;
  while (value >= 1023.5 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: UNITS[unit],
    unitDisplay: unit === 0 ? "long" : "short",
    maximumFractionDigits: unit < 2 || value >= 100 ? 0 : 1,
  }).format(value);
}

/** `1:02:03` or `4:05`, as on a time bar. */
export function formatClock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const two = (value: number) => String(value).padStart(2, "0");
  const tail = two(whole % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${tail}` : `${minutes}:${tail}`;
}

/** `3 min`, `1 hr 5 min`: how long something still takes, rounded so that it does not jump. */
export function formatWait(seconds: number, locale: string): string {
  const part = (value: number, unit: "second" | "minute" | "hour") =>
    new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short" }).format(value);
  if (seconds < 10) return part(Math.max(1, Math.ceil(seconds)), "second");
  if (seconds < 55) return part(Math.ceil(seconds / 5) * 5, "second");
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return part(minutes, "minute");
  const rest = minutes % 60;
  const hours = part(Math.floor(minutes / 60), "hour");
  return rest === 0 ? hours : `${hours} ${part(rest, "minute")}`;
}

/** `12.3K`: short forms for counts. */
export function formatCount(count: number, locale: string): string {
  const short = { notation: "compact", maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(locale, count < 10_000 ? {} : short).format(count);
}

/** `holiday-2026_final.mp4` → `holiday 2026 final`: a title to start from. */
export function titleFromFilename(filename: string): string {
  const stem = filename.replace(/\.[a-z0-9]{1,5}$/i, "");
  const words = stem
    .replace(/[_.\s]+/g, " ")
    .replace(/(?<=\S)-(?=\S)/g, " ")
    .trim();
  const title = words || filename;
  return (title.charAt(0).toUpperCase() + title.slice(1)).slice(0, 200);
}
