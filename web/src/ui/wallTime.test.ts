import { expect, test } from "vitest";
import { momentOfWallTime, wallTimeAt } from "./wallTime";

test.each([
  ["2026-07-01T09:30", "Europe/Madrid", "2026-07-01T07:30:00.000Z"],
  ["2026-01-01T00:00", "Europe/Madrid", "2025-12-31T23:00:00.000Z"],
  ["2026-12-31T23:45", "Asia/Kathmandu", "2026-12-31T18:00:00.000Z"],
  ["2026-03-08T03:00", "America/New_York", "2026-03-08T07:00:00.000Z"],
  ["2026-03-08T01:59", "America/New_York", "2026-03-08T06:59:00.000Z"],
])("%s in %s is %s", (wall, zone, moment) => {
  expect(momentOfWallTime(wall, zone)?.toISOString()).toBe(moment);
  expect(wallTimeAt(new Date(moment), zone)).toBe(wall);
});

test("a time that clocks skip in spring is within an hour of it", () => {
  const moment = momentOfWallTime("2026-03-29T02:30", "Europe/Madrid");
  expect(["2026-03-29T00:30:00.000Z", "2026-03-29T01:30:00.000Z"]).toContain(moment?.toISOString());
});

test("what is no time has no moment", () => {
  expect(momentOfWallTime("", "UTC")).toBeNull();
});
