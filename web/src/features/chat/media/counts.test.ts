import { expect, test } from "vitest";
import type { Media } from "@/api/types";
import { countsOf } from "./counts";

const of = (type: Media["type"], duration_seconds: number | null = null) =>
  ({ type, duration_seconds }) as Media;

test("what is attached is counted by its kind", () => {
  expect(countsOf([of("image"), of("video", 4), of("image")])).toEqual({
    images: 2,
    videos: 1,
    voice_seconds: null,
  });
  expect(countsOf([of("voice", 12.3)])).toEqual({ images: 0, videos: 0, voice_seconds: 12.3 });
});

test("nothing attached is nothing to say", () => {
  expect(countsOf([])).toBeNull();
});
