import { expect, test } from "vitest";
import { troubleOf, waveformOf } from "./recorder";

test("the shape of a recording is the loudest of each stretch, whatever the microphone", () => {
  expect(waveformOf([0.1, 0.2, 0.05, 0.1], 2)).toEqual([100, 50]);
  expect(waveformOf([0.5], 4)).toEqual([100]);
  expect(waveformOf([])).toEqual([]);
});

test("silence stays flat", () => {
  expect(waveformOf([0.001, 0.001], 2)).toEqual([5, 5]);
});

test("what keeps the microphone away has a sentence of its own", () => {
  const named = (name: string) => Object.assign(new Error(name), { name });
  expect(troubleOf(named("NotAllowedError"))).toBe("troubleRefused");
  expect(troubleOf(named("NotFoundError"))).toBe("troubleAbsent");
  expect(troubleOf("odd")).toBe("troubleBroken");
});
