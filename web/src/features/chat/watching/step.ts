/** How one player keeps in step with the others: arithmetic, and nothing else. */

/** Where it stands for everyone: at the moment `at`, in milliseconds, at `position`, in seconds. */
export interface Course {
  isPlaying: boolean;
  position: number;
  at: number;
  rate: number;
}

/** Seconds at a moment of the server's clock, never beyond the end. */
export function positionAt(course: Course, now: number, end: number): number {
  const passed = course.isPlaying ? (Math.max(0, now - course.at) / 1000) * course.rate : 0;
  return Math.min(end, course.position + passed);
}

/** What a player does by itself at the moment. */
export interface Playing {
  position: number;
  isPaused: boolean;
  isSeeking: boolean;
  /** Milliseconds since it was last brought somewhere. */
  sinceMoved: number;
}

export interface Correction {
  go: "play" | "pause" | null;
  seek: number | null;
  rate: number;
}

/** Seconds beyond which it jumps instead of hurrying. */
const FAR = 1;
const FAR_PAUSED = 0.2;
/** Nobody hears so little, and it saves many small changes. */
const NEAR = 0.06;
const MOST_HURRY = 0.08;
/** Whoever has to load what comes next cannot jump again and again. */
const REST_MS = 2500;
const END = 0.3;

/** Seek, hurry or linger so that it is where all the others are. */
export function correction(course: Course, wanted: number, end: number, is: Playing): Correction {
  const { rate } = course;
  const drift = is.position - wanted;
  const mayMove = !is.isSeeking && is.sinceMoved >= REST_MS;
  if (!course.isPlaying) {
    const seek = Math.abs(drift) > FAR_PAUSED && !is.isSeeking ? wanted : null;
    return { go: is.isPaused ? null : "pause", seek, rate };
  }
  const isOver = wanted >= end - END;
  const go = is.isPaused && !isOver ? "play" : null;
  if (Math.abs(drift) > FAR) return { go, seek: mayMove ? wanted : null, rate };
  const hurry = Math.abs(drift) < NEAR ? 0 : -drift / 4;
  const bounded = Math.min(MOST_HURRY, Math.max(-MOST_HURRY, hurry));
  return { go, seek: null, rate: rate * (1 + bounded) };
}
