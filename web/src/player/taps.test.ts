import { expect, test } from "vitest";
import { sideOf, Taps } from "./taps";

test("the outer thirds are the sides", () => {
  expect([0, 119, 121, 180, 239, 241, 360].map((x) => sideOf(x, 360))).toEqual([
    -1, -1, 0, 0, 0, 1, 1,
  ]);
});

test("two quick taps on one side are more than one tap", () => {
  const taps = new Taps();
  expect([taps.tap(1, 1000), taps.tap(1, 1200)]).toEqual([0, 1]);
});

test("once they count, taps may come slower, and each counts", () => {
  const taps = new Taps();
  expect([1000, 1200, 1800, 2400, 3500].map((now) => taps.tap(1, now))).toEqual([0, 1, 2, 3, 0]);
});

test("slow taps and taps on different sides stand alone", () => {
  const taps = new Taps();
  expect([taps.tap(1, 1000), taps.tap(1, 1400), taps.tap(-1, 1500)]).toEqual([0, 0, 0]);
});
