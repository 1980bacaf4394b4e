import { QueryClient } from "@tanstack/react-query";
import { expect, test, vi } from "vitest";
import { applyEvent } from "./events";

test("progress of an asset is laid over what was fetched", () => {
  const queries = new QueryClient();
  applyEvent(queries, {
    kind: "asset.progress",
    seq: null,
    data: { asset_id: "a", video_id: "v", status: "inprogress", processing_progress: 40 },
  });
  expect(queries.getQueryData(["live-asset", "a"])).toEqual({
    status: "inprogress",
    processing_progress: 40,
  });
});

test.each(["asset.playable", "asset.ready", "asset.failed"])(
  "%s fetches videos and addresses afresh",
  (kind) => {
    const queries = new QueryClient();
    const invalidate = vi.spyOn(queries, "invalidateQueries");
    queries.setQueryData(["live-asset", "a"], { processing_progress: 99 });
    applyEvent(queries, { kind, seq: 1, data: { asset_id: "a" } });
    expect(queries.getQueryData(["live-asset", "a"])).toBeUndefined();
    expect(invalidate.mock.calls.map(([filter]) => filter?.queryKey?.[0])).toEqual([
      "videos",
      "playback",
      "home",
    ]);
  },
);

test("progress of a lesson's video shows as that of any other, until its state changes", () => {
  const queries = new QueryClient();
  const invalidate = vi.spyOn(queries, "invalidateQueries");
  applyEvent(queries, {
    kind: "course.video_progress",
    seq: null,
    data: { asset_id: "a", course_id: "c", status: "inprogress", processing_progress: 40 },
  });
  expect(queries.getQueryData(["live-asset", "a"])).toMatchObject({ processing_progress: 40 });
  applyEvent(queries, { kind: "course.video_changed", seq: 1, data: { course_id: "c" } });
  expect(queries.getQueryData(["live-asset", "a"])).toBeUndefined();
  expect(invalidate).toHaveBeenCalledWith({ queryKey: ["courses"] });
});

test("many events at once are fetched for once at first and once after", () => {
  vi.useFakeTimers();
  const queries = new QueryClient();
  const invalidate = vi.spyOn(queries, "invalidateQueries");
  for (let seq = 1; seq <= 5; seq += 1)
    applyEvent(queries, { kind: "video.changed", seq, data: {} });
  expect(invalidate).toHaveBeenCalledTimes(3);
  vi.advanceTimersByTime(1000);
  expect(invalidate).toHaveBeenCalledTimes(6);
  vi.useRealTimers();
});

test("an event this page does not know changes nothing", () => {
  const queries = new QueryClient();
  const invalidate = vi.spyOn(queries, "invalidateQueries");
  applyEvent(queries, { kind: "chat.message", seq: 2, data: {} });
  expect(invalidate).not.toHaveBeenCalled();
});
