import { expect, test } from "vitest";
import { readableOn } from "./Avatar";

test.each([
  ["#7a3e9d", "#ffffff"],
  ["#1f6f5c", "#ffffff"],
  ["#f2b13c", "#1f1d1a"],
  ["#ffffff", "#1f1d1a"],
])("initials on %s are %s", (back, text) => {
  expect(readableOn(back)).toBe(text);
});
