import { describe, expect, test } from "vitest";
import { type Course, correction, type Playing, positionAt } from "./step";

const END = 100;
const course: Course = { isPlaying: true, position: 10, at: 5000, rate: 1 };
const still: Playing = { position: 10, isPaused: false, isSeeking: false, sinceMoved: 60_000 };

describe("where it stands", () => {
  test.each([
    ["moves with the time", course, 8000, 13],
    ["by the rate", { ...course, rate: 1.5 }, 9000, 16],
    ["paused, it stays", { ...course, isPlaying: false }, 9000, 10],
    ["does not go back when a clock is behind", course, 4000, 10],
    ["ends at the end", course, 500_000, END],
  ])("%s", (_rule, given, now, position) => {
    expect(positionAt(given, now, END)).toBe(position);
  });
});

describe("keeping in step", () => {
  test("in step, nothing is touched", () => {
    expect(correction(course, 10.02, END, still)).toEqual({ go: null, seek: null, rate: 1 });
  });

  test("a little behind it hurries, a little ahead it lingers, never by much", () => {
    expect(correction(course, 10.2, END, still).rate).toBeCloseTo(1.05);
    expect(correction(course, 9.8, END, still).rate).toBeCloseTo(0.95);
    expect(correction(course, 10.9, END, still).rate).toBeCloseTo(1.08);
    expect(correction({ ...course, rate: 2 }, 10.9, END, still).rate).toBeCloseTo(2.16);
  });

  test("more than a second away it jumps", () => {
    expect(correction(course, 11.5, END, still).seek).toBe(11.5);
    expect(correction(course, 8.5, END, still)).toEqual({ go: null, seek: 8.5, rate: 1 });
  });

  test("but not again while it still loads what it jumped to", () => {
    expect(correction(course, 20, END, { ...still, isSeeking: true }).seek).toBeNull();
    expect(correction(course, 20, END, { ...still, sinceMoved: 500 }).seek).toBeNull();
  });

  test("plays when the others play, and pauses at the same place", () => {
    expect(correction(course, 10, END, { ...still, isPaused: true }).go).toBe("play");
    const paused = { ...course, isPlaying: false };
    expect(correction(paused, 10, END, still).go).toBe("pause");
    expect(correction(paused, 10.5, END, { ...still, isPaused: true })).toEqual({
      go: null,
      seek: 10.5,
      rate: 1,
    });
  });

  test("at the end nobody has to play on", () => {
    const ended = { ...still, position: END, isPaused: true };
    expect(correction(course, END, END, ended)).toEqual({ go: null, seek: null, rate: 1 });
  });

  test("from anywhere within a second it comes into step and stays there", () => {
    for (let offset = -0.95; offset <= 0.95; offset += 0.05) {
      let position = 10 + offset;
      for (let tick = 0; tick < 240; tick += 1) {
        const wanted = 10 + tick * 0.25;
        const { rate, seek } = correction(course, wanted, END, { ...still, position });
        expect(seek).toBeNull();
        position += 0.25 * rate;
      }
      expect(Math.abs(position - (10 + 240 * 0.25))).toBeLessThan(0.1);
    }
  });
});
