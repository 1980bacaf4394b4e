import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Video } from "@/api/types";
import { comesAt, publishingChange, publishingOf } from "./publishing";

const ZONE = "Europe/Madrid";
const NOW = "2026-07-01T12:00:00.000Z";
const PAST = "2026-06-01T12:00:00.000Z";
const FUTURE = "2026-07-02T07:30:00.000Z";

const video = (published: boolean, published_at: string | null) =>
  ({ published, published_at }) as Video;

beforeEach(() => vi.useFakeTimers({ now: Date.parse(NOW) }));
afterEach(() => vi.useRealTimers());

test("only what is published at a moment to come comes", () => {
  expect(comesAt(video(true, FUTURE))).toBe(FUTURE);
  expect(comesAt(video(true, PAST))).toBeNull();
  expect(comesAt(video(false, FUTURE))).toBeNull();
});

test("the form begins with what is", () => {
  expect(publishingOf(video(true, FUTURE), ZONE)).toEqual({
    how: "later",
    wall: "2026-07-02T09:30",
  });
  expect(publishingOf(video(true, PAST), ZONE).how).toBe("now");
  expect(publishingOf(video(false, null), ZONE).how).toBe("draft");
});

test("a moment is sent only where it changes something", () => {
  const draft = video(false, null);
  const coming = video(true, FUTURE);
  expect(publishingChange(draft, "later", "2026-07-02T09:30", ZONE)).toEqual({
    published: true,
    published_at: FUTURE,
  });
  expect(publishingChange(draft, "now", "", ZONE)).toEqual({ published: true });
  expect(publishingChange(coming, "now", "", ZONE)).toEqual({ published: true, published_at: NOW });
  expect(publishingChange(coming, "draft", "", ZONE)).toEqual({ published: false });
});
