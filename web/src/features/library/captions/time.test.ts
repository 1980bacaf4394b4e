import { expect, test } from "vitest";
import { formatTime, LATEST_MS, parseShift, parseTime } from "./time";

test.each([
  [0, "0:00.000"],
  [62_500, "1:02.500"],
  [3_723_045, "1:02:03.045"],
  [LATEST_MS, "9999:59:59.999"],
])("%i is %s and back", (ms, text) => {
  expect(formatTime(ms)).toBe(text);
  expect(parseTime(text)).toBe(ms);
});

test.each([
  ["5", 5000],
  ["62,5", 62_500],
  [" 1:2.5 ", 62_500],
  ["90:00", 5_400_000],
  ["0:00:01.12345", 1123],
])("%s is read", (text, ms) => {
  expect(parseTime(text)).toBe(ms);
});

test.each(["", "soon", "1:", "-1", "1:2:3:4", "10000:00:00", "1e3", "NaN"])(
  "“%s” is no time",
  (text) => {
    expect(parseTime(text)).toBeNull();
  },
);

test("a shift has a direction", () => {
  expect(["1.5", "+1,5", "-0:02", "−3", "x", "--1"].map(parseShift)).toEqual([
    1500,
    1500,
    -2000,
    -3000,
    null,
    null,
  ]);
});
