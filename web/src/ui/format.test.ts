import { describe, expect, test } from "vitest";
import { formatBytes, formatClock, formatCount, formatWait, titleFromFilename } from "./format";

test.each([
  [0, "0 bytes"],
  [1, "1 byte"],
  [1536, "2 kB"],
  [5 * 1024 ** 2, "5 MB"],
  [2_147_483_648, "2 GB"],
  [1.25 * 1024 ** 3, "1.3 GB"],
  [350 * 1024 ** 3, "350 GB"],
])("%d bytes read as %s", (bytes, text) => {
  expect(formatBytes(bytes, "en")).toBe(text);
});

test("sizes follow the language", () => {
  expect(formatBytes(1.25 * 1024 ** 3, "es")).toBe("1,3 GB");
});

test.each([
  [0, "0:00"],
  [65.9, "1:05"],
  [3725, "1:02:05"],
  [-3, "0:00"],
])("%d seconds show as %s", (seconds, text) => {
  expect(formatClock(seconds)).toBe(text);
});

test.each([
  [0.2, "1 sec"],
  [9.2, "10 sec"],
  [31, "35 sec"],
  [61, "2 min"],
  [3600, "1 hr"],
  [3900, "1 hr 5 min"],
])("a wait of %d seconds reads as %s", (seconds, text) => {
  expect(formatWait(seconds, "en")).toBe(text);
});

test("large counts are shortened, small ones are exact", () => {
  expect(formatCount(999, "en")).toBe("999");
  expect(formatCount(9876, "en")).toBe("9,876");
  expect(formatCount(12_840, "en")).toBe("12.8K");
});

describe("a title from a file's name", () => {
  test.each([
    ["summer-holiday_2026.mp4", "Summer holiday 2026"],
    ["IMG_0042.MOV", "IMG 0042"],
    ["a - b.webm", "A - b"],
    [".mp4", ".mp4"],
    ["café.con.leche.mkv", "Café con leche"],
  ])("%s becomes %s", (filename, title) => {
    expect(titleFromFilename(filename)).toBe(title);
  });

  test("is never longer than a title may be", () => {
    expect(titleFromFilename(`${"x".repeat(300)}.mp4`)).toHaveLength(200);
  });
});
