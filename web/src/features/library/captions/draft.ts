/** Captions while they are edited: every function returns new ones and leaves the old alone. */

import type { CueLook } from "@/api/gen";
import { LATEST_MS } from "./time";

export interface DraftCue {
  /** Stays the same while the cue changes its place and text. */
  id: number;
  /** Milliseconds. */
  start: number;
  end: number;
  text: string;
  /** Where on the screen it stands, as WebVTT says it. */
  settings: string;
}

export type CueProblem = "end_before_start" | "text_missing";

const NEW_MS = 2000;
const SHORTEST_MS = 100;

let lastId = 0;
const newId = (): number => {
  lastId += 1;
  return lastId;
};

export const fromServer = (items: readonly CueLook[]): DraftCue[] =>
  items.map(({ start_ms, end_ms, text, settings = "" }) => ({
    id: newId(),
    start: start_ms,
    end: end_ms,
    text,
    settings,
  }));

export const toServer = (cues: readonly DraftCue[]): CueLook[] =>
  cues.map(({ start, end, text, settings }) => ({ start_ms: start, end_ms: end, text, settings }));

/** By start; those that begin together keep their order. */
export const inOrder = (cues: readonly DraftCue[]): DraftCue[] =>
  cues.toSorted((one, other) => one.start - other.start);

export const change = (
  cues: readonly DraftCue[],
  id: number,
  values: Partial<DraftCue>,
): DraftCue[] => cues.map((cue) => (cue.id === id ? { ...cue, ...values } : cue));

export const remove = (cues: readonly DraftCue[], id: number): DraftCue[] =>
  cues.filter((cue) => cue.id !== id);

/** Moves the cues from `first` on by the same time, so far as none would begin before zero. */
export function shift(cues: readonly DraftCue[], ms: number, first = 0): DraftCue[] {
  const moved = cues.slice(first);
  const earliest = Math.min(...moved.map(({ start }) => start));
  const latest = Math.max(...moved.map(({ end }) => end));
  const by = Math.min(Math.max(ms, -earliest), LATEST_MS - latest);
  return inOrder(
    cues.map((cue, at) =>
      at < first ? cue : { ...cue, start: cue.start + by, end: cue.end + by },
    ),
  );
}

/** A new, empty cue at a moment, as long as there is room before the next one. */
export function insertAt(
  cues: readonly DraftCue[],
  moment: number,
): { cues: DraftCue[]; id: number } {
  const start = Math.round(moment);
  const next = cues.find((cue) => cue.start >= start + SHORTEST_MS);
  const end = Math.min(start + NEW_MS, next?.start ?? Number.POSITIVE_INFINITY, LATEST_MS);
  const cue = { id: newId(), start, end, text: "", settings: "" };
  return { cues: inOrder([...cues, cue]), id: cue.id };
}

/** A new cue after the one with `id`. */
export function insertAfter(cues: readonly DraftCue[], id: number) {
  const before = cues.find((cue) => cue.id === id);
  return insertAt(cues, before?.end ?? 0);
}

/**
 * Cuts a cue in two where the caret stands in its text; in time at `moment` if that lies within
 * it, else as far along as in the text.
 */
export function split(
  cues: readonly DraftCue[],
  id: number,
  caret: number,
  moment: number | null,
): { cues: DraftCue[]; id: number } | null {
  const at = cues.findIndex((cue) => cue.id === id);
  const cue = cues[at];
  if (!cue || cue.end - cue.start < 2) return null;
  const [head, tail] = [cue.text.slice(0, caret).trim(), cue.text.slice(caret).trim()];
  const share = cue.text.length > 0 ? head.length / Math.max(1, head.length + tail.length) : 0.5;
  const isWithin = moment !== null && moment > cue.start && moment < cue.end;
  const wanted = isWithin ? moment : cue.start + (cue.end - cue.start) * share;
  const cut = Math.min(cue.end - 1, Math.max(cue.start + 1, Math.round(wanted)));
  const rest = { ...cue, id: newId(), start: cut, text: tail };
  const parts = [{ ...cue, end: cut, text: head }, rest];
  return { cues: inOrder([...cues.slice(0, at), ...parts, ...cues.slice(at + 1)]), id: rest.id };
}

/** Joins a cue with the next one. */
export function merge(cues: readonly DraftCue[], id: number): DraftCue[] {
  const at = cues.findIndex((cue) => cue.id === id);
  const [cue, next] = [cues[at], cues[at + 1]];
  if (!cue || !next) return [...cues];
  const text = [cue.text, next.text].filter((part) => part.trim()).join("\n");
  const whole = { ...cue, end: Math.max(cue.end, next.end), text };
  return [...cues.slice(0, at), whole, ...cues.slice(at + 2)];
}

export function problemOf({ start, end, text }: DraftCue): CueProblem | null {
  if (end <= start) return "end_before_start";
  return text.trim() ? null : "text_missing";
}

/** Chapters have no ends of their own: each lasts until the next one, the last until the end. */
export function asChapters(cues: readonly DraftCue[], durationMs: number): DraftCue[] {
  const ordered = inOrder(cues);
  return ordered.map((cue, at) => {
    const next = ordered[at + 1]?.start ?? Math.max(durationMs, cue.start + 1);
    return {
      ...cue,
      text: cue.text.replace(/\s+/g, " ").trim(),
      end: Math.max(next, cue.start + 1),
    };
  });
}
