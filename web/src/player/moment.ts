const PARTS = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$/;
const CLOCK = /^(?:(\d+):)?(\d+):(\d+)$/;
const LATEST = 1_000_000;

/** The second that an address or a person names: `65`, `65s`, `1m5s` or `1:05`. */
export function readMoment(given: unknown): number | undefined {
  const text = String(given ?? "")
    .trim()
    .toLowerCase();
  const found = text ? (PARTS.exec(text) ?? CLOCK.exec(text)) : null;
  if (!found) return undefined;
  const [hours = 0, minutes = 0, seconds = 0] = found.slice(1).map((part) => Number(part ?? 0));
  return Math.min(LATEST, hours * 3600 + minutes * 60 + seconds);
}

export interface Start {
  /** The second to begin at. */
  t?: number;
}

/** Where a link says that a video begins. */
export function readStart({ t }: Record<string, unknown>): Start {
  const moment = readMoment(t);
  return moment === undefined ? {} : { t: moment };
}
