import { describe, expect, test } from "vitest";
import { barsOf, keySeek } from "./waveform";

describe("the bars of a waveform", () => {
  test("are the loudest of what they stand for", () => {
    expect(barsOf([1, 9, 2, 3], 2)).toEqual([9, 3]);
  });

  test("repeat where there are fewer numbers than bars", () => {
    expect(barsOf([5, 7], 4)).toEqual([5, 5, 7, 7]);
  });

  test("are silent where nothing is known", () => {
    expect(barsOf([], 3)).toEqual([0, 0, 0]);
  });
});

test("keys lead through a voice note and never out of it", () => {
  const from = (key: string) => keySeek(key, 9, 10);
  expect(["ArrowRight", "ArrowLeft", "Home", "End"].map(from)).toEqual([10, 7, 0, 10]);
  expect(from("PageDown")).toBe(6.5);
  expect(from("a")).toBeUndefined();
});
