/**
 * What was watched and may not have reached the server yet. It is kept on this device until the
 * server has answered, so neither a tunnel nor a reload loses it. Reports are safe to repeat.
 */
import { ApiError } from "@/api/client";
import type { LessonStanding, Progress } from "@/api/types";
import { type Range, unite } from "@/player/progress";
import { sendProgress } from "./queries";

export interface Report extends Progress {
  ranges: Range[];
  at: string;
}

/** By person, for others may sign in on this device; then by what was watched, see `sendProgress`. */
type Kept = Record<string, Record<string, Report>>;

const STORED = "lumenhall-unreported";
const MOST_VIDEOS = 100;

/** What came of a report that has reached the server. */
export interface Told {
  /** How far one is with a lesson now. */
  standing: LessonStanding | null;
}

/** As many as the server takes at once. */
const MOST_RANGES = 500;
const TOO_MANY_REQUESTS = 429;

const newestFirst = (one: Report, other: Report): number => other.at.localeCompare(one.at);
const lengthOf = ([start, end]: Range): number => end - start;

/** Both reports in one: everything that was watched, and the place of the newer one. */
export function merged(one: Report, other: Report): Report {
  const [newer] = [one, other].toSorted(newestFirst) as [Report];
  const ranges = unite([...one.ranges, ...other.ranges]);
  const longest = ranges.toSorted((a, b) => lengthOf(b) - lengthOf(a)).slice(0, MOST_RANGES);
  return {
    ...newer,
    watched_seconds: Math.max(one.watched_seconds, other.watched_seconds),
    ranges: ranges.length > MOST_RANGES ? unite(longest) : ranges,
  };
}

function read(): Kept {
  try {
    return JSON.parse(localStorage.getItem(STORED) ?? "{}") as Kept;
  } catch {
    return {};
  }
}

/** Other tabs write there too, so nothing is held in memory. */
function change(personId: string, next: (videos: Record<string, Report>) => typeof videos): void {
  const { [personId]: mine = {}, ...others } = read();
  const entries = Object.entries(next(mine))
    .toSorted(([, one], [, other]) => newestFirst(one, other))
    .slice(0, MOST_VIDEOS);
  const kept = entries.length > 0 ? { ...others, [personId]: Object.fromEntries(entries) } : others;
  try {
    if (Object.keys(kept).length > 0) localStorage.setItem(STORED, JSON.stringify(kept));
    else localStorage.removeItem(STORED);
  } catch {
    // A browser that keeps nothing still sends.
  }
}

export const unreportedOf = (personId: string): Record<string, Report> => read()[personId] ?? {};

export const forgetUnreported = (personId: string): void => change(personId, () => ({}));

/** Whether the same report may fare better another time. */
const mayArriveLater = (error: unknown): boolean =>
  !(error instanceof ApiError) ||
  error.status === 0 ||
  error.status === 401 ||
  error.status === TOO_MANY_REQUESTS ||
  error.status >= 500;

/** Sends one report; null when the server cannot be reached now. */
async function send(
  personId: string,
  target: string,
  report: Report,
  isLeaving = false,
): Promise<Told | null> {
  let standing: LessonStanding | null = null;
  try {
    standing = await sendProgress(target, report, isLeaving);
  } catch (error) {
    if (mayArriveLater(error)) return null;
  }
  change(personId, ({ [target]: kept, ...others }) =>
    // More may have been watched while it was under way.
    kept && JSON.stringify(kept) !== JSON.stringify(report)
      ? { ...others, [target]: kept }
      : others,
  );
  return { standing };
}

/** Keeps what was watched and sends it, with what waits from before. */
export function report(personId: string, target: string, watched: Report, isLeaving: boolean) {
  const waiting = unreportedOf(personId)[target];
  const all = waiting ? merged(waiting, watched) : watched;
  change(personId, (videos) => ({ ...videos, [target]: all }));
  return send(personId, target, all, isLeaving);
}

let sending: Promise<boolean> | null = null;

async function sendAll(personId: string): Promise<boolean> {
  for (const [target, waiting] of Object.entries(unreportedOf(personId))) {
    if (!(await send(personId, target, waiting))) return false;
  }
  return true;
}

/** Sends everything that waits; false when the server cannot be reached now. */
export function sendUnreported(personId: string): Promise<boolean> {
  sending ??= sendAll(personId).finally(() => {
    sending = null;
  });
  return sending;
}
