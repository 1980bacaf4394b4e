import { expect, test } from "vitest";
import { parseStoryboard } from "./storyboard";

const FILE = "https://hall/media/g/a/storyboard.vtt";

test("reads times and parts, with addresses relative to the file", () => {
  const text = [
    "WEBVTT",
    "",
    "1",
    "00:00.000 --> 00:02.500",
    "sprite-1.jpg#xywh=0,0,160,90",
    "",
    "01:00:02.500 --> 01:00:05.000",
    "/media/g/a/sprite-2.jpg#xywh=160,90,160,90",
  ].join("\r\n");
  expect(parseStoryboard(text, FILE)).toEqual([
    {
      url: "https://hall/media/g/a/sprite-1.jpg",
      startTime: 0,
      endTime: 2.5,
      width: 160,
      height: 90,
      coords: { x: 0, y: 0 },
    },
    {
      url: "https://hall/media/g/a/sprite-2.jpg",
      startTime: 3602.5,
      endTime: 3605,
      width: 160,
      height: 90,
      coords: { x: 160, y: 90 },
    },
  ]);
});

test("skips what it does not understand", () => {
  expect(parseStoryboard("WEBVTT\n\nNOTE hello\n\nnonsense", FILE)).toEqual([]);
});
