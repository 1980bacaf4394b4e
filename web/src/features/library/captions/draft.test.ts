import { describe, expect, test } from "vitest";
import {
  asChapters,
  type DraftCue,
  fromServer,
  inOrder,
  insertAfter,
  insertAt,
  merge,
  problemOf,
  shift,
  split,
  toServer,
} from "./draft";

const cue = (id: number, start: number, end: number, text = `cue ${id}`): DraftCue => ({
  id,
  start,
  end,
  text,
  settings: "",
});

/** The same numbers at every run, so that a failure comes again. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

function someCues(next: () => number): DraftCue[] {
  const count = 1 + Math.floor(next() * 12);
  const cues = Array.from({ length: count }, (_, id) => {
    const start = Math.floor(next() * 20_000);
    const words = "x".repeat(Math.floor(next() * 20));
    return cue(-1 - id, start, start + 2 + Math.floor(next() * 3000), `${words} ${id}`);
  });
  return inOrder(cues);
}

const RUNS = 300;

/** Checks a rule on as many made-up lists of cues; the message of a failure names the seed. */
function always(rule: string, check: (seed: number) => void): void {
  test(rule, () => {
    for (let seed = 1; seed <= RUNS; seed += 1) {
      try {
        check(seed);
      } catch (error) {
        throw new Error(`seed ${seed}`, { cause: error });
      }
    }
  });
}

const isInOrder = (cues: readonly DraftCue[]) =>
  cues.every(({ start }, at) => start >= (cues[at - 1]?.start ?? 0));

describe("whatever the cues are", () => {
  always("shifting keeps their order and lengths", (seed) => {
    const next = random(seed);
    const cues = someCues(next);
    const by = Math.floor((next() - 0.5) * 50_000);
    const moved = shift(cues, by);
    expect(moved.map(({ id }) => id)).toEqual(cues.map(({ id }) => id));
    expect(moved.map(({ start, end }) => end - start)).toEqual(
      cues.map(({ start, end }) => end - start),
    );
    const real = (moved[0]?.start ?? 0) - (cues[0]?.start ?? 0);
    expect(new Set(moved.map(({ start }, at) => start - (cues[at]?.start ?? 0)))).toEqual(
      new Set([real]),
    );
    expect(moved.every(({ start }) => start >= 0)).toBe(true);
    if (by >= 0) expect(shift(moved, -by)).toEqual(cues);
  });

  always("shifting some leaves the others and keeps the order", (seed) => {
    const next = random(seed);
    const cues = someCues(next);
    const first = Math.floor(next() * cues.length);
    const moved = shift(cues, Math.floor((next() - 0.5) * 9000), first);
    expect(isInOrder(moved)).toBe(true);
    const still = new Map(moved.map((one) => [one.id, one]));
    for (const one of cues.slice(0, first)) expect(still.get(one.id)).toEqual(one);
  });

  always("splitting keeps the order, the whole time and every word", (seed) => {
    const next = random(seed);
    const cues = someCues(next);
    const chosen = cues[Math.floor(next() * cues.length)] ?? cue(0, 0, 2);
    const caret = Math.floor(next() * (chosen.text.length + 1));
    const moment = next() < 0.5 ? null : next() * 25_000;
    const done = split(cues, chosen.id, caret, moment);
    if (!done) throw new Error("not split");
    expect(isInOrder(done.cues)).toBe(true);
    expect(done.cues).toHaveLength(cues.length + 1);
    const [head, tail] = [chosen.id, done.id].map((id) => done.cues.find((one) => one.id === id));
    expect([head?.start, tail?.end]).toEqual([chosen.start, chosen.end]);
    expect(head?.end).toBe(tail?.start);
    expect((head?.end ?? 0) > chosen.start && (head?.end ?? 0) < chosen.end).toBe(true);
    expect(`${head?.text}${tail?.text}`.replace(/\s/g, "")).toBe(chosen.text.replace(/\s/g, ""));
  });

  always("a new cue comes in its place and has a length", (seed) => {
    const next = random(seed);
    const cues = someCues(next);
    const done = insertAt(cues, next() * 25_000);
    const made = done.cues.find(({ id }) => id === done.id);
    expect(isInOrder(done.cues)).toBe(true);
    expect((made?.end ?? 0) - (made?.start ?? 0)).toBeGreaterThanOrEqual(100);
  });

  always("chapters follow each other without gaps", (seed) => {
    const chapters = asChapters(someCues(random(seed)), 30_000);
    expect(chapters.every((one) => one.end > one.start)).toBe(true);
    for (const [at, one] of chapters.entries()) {
      const next = chapters[at + 1];
      if (next && next.start > one.start) expect(one.end).toBe(next.start);
    }
  });
});

test("a split follows the caret, and the player where it is within the cue", () => {
  const cues = [cue(1, 1000, 3000, "one two")];
  expect(split(cues, 1, 3, null)?.cues).toMatchObject([
    { start: 1000, end: 2000, text: "one" },
    { start: 2000, end: 3000, text: "two" },
  ]);
  expect(split(cues, 1, 3, 1200.4)?.cues.map(({ start }) => start)).toEqual([1000, 1200]);
  expect(split(cues, 1, 3, 9000)?.cues.map(({ start }) => start)).toEqual([1000, 2000]);
  expect(split([cue(1, 5, 6)], 1, 1, null)).toBeNull();
});

test("joining takes the words and the time of both", () => {
  const cues = [cue(1, 0, 1000, "one"), cue(2, 1500, 2000, "two"), cue(3, 5000, 6000)];
  expect(merge(cues, 1)).toMatchObject([
    { id: 1, start: 0, end: 2000, text: "one\ntwo" },
    { id: 3 },
  ]);
  expect(merge(cues, 3)).toEqual(cues);
});

test("a cue after another begins where that ends, with the room there is", () => {
  const cues = [cue(1, 0, 1000), cue(2, 1500, 2000)];
  const done = insertAfter(cues, 1);
  expect(done.cues[1]).toMatchObject({ id: done.id, start: 1000, end: 1500, text: "" });
});

test("says what is wrong with a cue", () => {
  const found = [cue(1, 5, 5), cue(1, 0, 5, " \n"), cue(1, 0, 5)].map(problemOf);
  expect(found).toEqual(["end_before_start", "text_missing", null]);
});

test("what comes from the server goes back the same", () => {
  const items = [{ start_ms: 0, end_ms: 5, text: "a\nb", settings: "line:0" }];
  expect(toServer(fromServer(items))).toEqual(items);
});
