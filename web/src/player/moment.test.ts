import { expect, test } from "vitest";
import { readMoment } from "./moment";

test.each([
  ["65", 65],
  [65, 65],
  ["65s", 65],
  ["1m5s", 65],
  ["1h0m5s", 3605],
  ["1:05", 65],
  ["1:00:05", 3605],
  ["0", 0],
  [" 7 ", 7],
  ["9".repeat(400), 1_000_000],
])("%j is a moment", (text, seconds) => {
  expect(readMoment(text)).toBe(seconds);
});

test.each(["", undefined, null, "soon", "-5", "1.5", "NaN", "5m1:00", {}])("%j is none", (text) => {
  expect(readMoment(text)).toBeUndefined();
});
