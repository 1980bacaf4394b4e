/** What clocks show in a time zone, as `<input type="datetime-local">` writes it: 2026-03-29T02:30. */
export function wallTimeAt(moment: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(moment);
  const of = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((part) => part.type === type)?.value ?? "";
  return `${of("year").padStart(4, "0")}-${of("month")}-${of("day")}T${of("hour")}:${of("minute")}`;
}

/** When clocks in the time zone show this; null for what is no time. A time that they skip is moved. */
export function momentOfWallTime(wall: string, timeZone: string): Date | null {
  const asUtc = Date.parse(`${wall}Z`);
  if (Number.isNaN(asUtc)) return null;
  // How far the zone is ahead depends on the moment; the second look corrects the first.
  const ahead = (at: number) => Date.parse(`${wallTimeAt(new Date(at), timeZone)}Z`) - at;
  const first = asUtc - ahead(asUtc);
  return new Date(asUtc - ahead(first));
}
