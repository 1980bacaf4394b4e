import { expect, test } from "vitest";
import { indexAt, parseCues, plainText, withPlainText } from "./cues";

test("reads cues with times in seconds and words alone", () => {
  const text =
    "WEBVTT\n\n00:00:01.500 --> 00:00:04.000 align:start\n<v Ann>Tom &amp; <i>Jerry</i>\nsecond line\n\n" +
    "10:00:00.000 --> 10:00:00.001\n2 &lt; 3\n";
  expect(parseCues(text)).toEqual([
    { start: 1.5, end: 4, text: "Tom & Jerry second line" },
    { start: 36_000, end: 36_000.001, text: "2 < 3" },
  ]);
});

test("a file without cues has none", () => {
  expect(parseCues("WEBVTT\n")).toEqual([]);
});

test("what is escaped twice is unescaped once", () => {
  expect(plainText("&amp;lt;b&amp;gt;")).toBe("&lt;b&gt;");
});

test("the cue of a moment is the last one that has begun", () => {
  const cues = [1, 2, 2, 5].map((start) => ({ start }));
  const found = [0, 0.99, 1, 1.5, 2, 4.9, 5, 100].map((moment) => indexAt(cues, moment));
  expect(found).toEqual([-1, -1, 0, 0, 2, 2, 3, 3]);
  expect(indexAt([], 3)).toBe(-1);
});

test("a file with words alone keeps its times", () => {
  const timing = "00:00:01.000 --> 00:00:02.000";
  expect(withPlainText(`WEBVTT\n\n${timing}\n<i>Tom</i> &amp;\nJerry\n`)).toBe(
    `WEBVTT\n\n${timing}\nTom & Jerry`,
  );
});
