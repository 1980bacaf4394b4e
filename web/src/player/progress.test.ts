import { describe, expect, test } from "vitest";
import { unite, WatchTracker } from "./progress";

function play(tracker: WatchTracker, from: number, to: number, step = 0.25): void {
  for (let time = from; time <= to + 1e-9; time += step) tracker.at(time);
}

test("playing is watching", () => {
  const tracker = new WatchTracker();
  play(tracker, 0, 10);
  expect(tracker.take()).toEqual({ ranges: [[0, 10]], position: 10, watched_seconds: 10 });
});

test("a jump does not watch what it leaps over", () => {
  const tracker = new WatchTracker();
  play(tracker, 0, 5);
  tracker.jump(60);
  play(tracker, 60, 62);
  expect(tracker.take()).toEqual({
    ranges: [
      [0, 5],
      [60, 62],
    ],
    position: 62,
    watched_seconds: 7,
  });
});

test("a leap that nobody announced is not believed either", () => {
  const tracker = new WatchTracker();
  play(tracker, 0, 2);
  play(tracker, 90, 92);
  expect(tracker.take()?.ranges).toEqual([
    [0, 2],
    [90, 92],
  ]);
});

test("double speed in a slow page still counts", () => {
  const tracker = new WatchTracker();
  play(tracker, 0, 30, 2);
  expect(tracker.take()?.ranges).toEqual([[0, 30]]);
});

test("what was reported is not reported again, and nothing is lost in between", () => {
  const tracker = new WatchTracker();
  play(tracker, 0, 9.6, 0.2);
  expect(tracker.take()?.ranges).toEqual([[0, 9.6]]);
  play(tracker, 9.8, 19.6, 0.2);
  expect(tracker.take()?.ranges).toEqual([[9.6, 19.6]]);
});

test("seeing a part twice counts it once", () => {
  const tracker = new WatchTracker();
  play(tracker, 0, 8);
  tracker.take();
  tracker.jump(4);
  play(tracker, 4, 10);
  expect(tracker.take()?.watched_seconds).toBe(10);
});

test("while nothing moves there is nothing to report", () => {
  const tracker = new WatchTracker();
  expect(tracker.take()).toBeNull();
  play(tracker, 0, 3);
  tracker.take();
  tracker.at(3);
  expect(tracker.take()).toBeNull();
});

test("a seek in pause reports where one is now, and nothing watched", () => {
  const tracker = new WatchTracker();
  tracker.jump(42.5);
  expect(tracker.take()).toEqual({ ranges: [], position: 42, watched_seconds: 0 });
});

describe("uniting", () => {
  test("ranges that touch or overlap become one", () => {
    expect(
      unite([
        [5, 9],
        [0, 3],
        [3, 6],
        [20, 21],
      ]),
    ).toEqual([
      [0, 9],
      [20, 21],
    ]);
  });

  test("a range inside another adds nothing", () => {
    expect(
      unite([
        [0, 10],
        [2, 3],
      ]),
    ).toEqual([[0, 10]]);
  });
});
