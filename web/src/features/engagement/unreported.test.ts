// @vitest-environment jsdom
import { beforeEach, describe, expect, test, vi } from "vitest";
import { ApiError } from "@/api/client";
import type { Range } from "@/player/progress";
import { forgetUnreported, merged, report, sendUnreported, unreportedOf } from "./unreported";

const sendProgress = vi.hoisted(() => vi.fn());
vi.mock("./queries", () => ({ sendProgress }));

const OFFLINE = new ApiError(0, { code: "network" });

const watched = (ranges: Range[], position: number, second = position) => ({
  ranges,
  watched_seconds: ranges.reduce((sum, [start, end]) => sum + end - start, 0),
  last_position: position,
  duration_seconds: 600,
  at: new Date(second * 1000).toISOString(),
});

beforeEach(() => {
  localStorage.clear();
  sendProgress.mockReset();
});

test("what has arrived is not kept", async () => {
  sendProgress.mockResolvedValue(null);
  expect(await report("anna", "v", watched([[0, 10]], 10), true)).toEqual({ standing: null });
  expect(sendProgress).toHaveBeenCalledWith("v", watched([[0, 10]], 10), true);
  expect(localStorage).toHaveLength(0);
});

describe("without the server", () => {
  beforeEach(() => {
    sendProgress.mockRejectedValue(OFFLINE);
  });

  test("reports of one video grow into one, which is sent when the server is back", async () => {
    await report("anna", "v", watched([[0, 10]], 10), false);
    await report("anna", "v", watched([[10, 20]], 20), false);
    await report("anna", "w", watched([[5, 7]], 7), false);
    sendProgress.mockReset().mockResolvedValue({});
    expect(await sendUnreported("anna")).toBe(true);
    expect(sendProgress.mock.calls.toSorted()).toEqual([
      ["v", { ...watched([[0, 20]], 20), watched_seconds: 10 }, false],
      ["w", watched([[5, 7]], 7), false],
    ]);
    expect(localStorage).toHaveLength(0);
  });

  test("nobody sends what another person has watched", async () => {
    await report("anna", "v", watched([[0, 10]], 10), false);
    sendProgress.mockReset().mockResolvedValue({});
    await sendUnreported("ben");
    expect(sendProgress).not.toHaveBeenCalled();
    expect(Object.keys(unreportedOf("anna"))).toEqual(["v"]);
    forgetUnreported("anna");
    expect(localStorage).toHaveLength(0);
  });

  test("the first attempt that fails ends the round", async () => {
    await report("anna", "v", watched([[0, 10]], 10), false);
    await report("anna", "w", watched([[0, 10]], 10), false);
    sendProgress.mockClear();
    expect(await sendUnreported("anna")).toBe(false);
    expect(sendProgress).toHaveBeenCalledTimes(1);
  });

  test("only the newest hundred videos are kept", async () => {
    for (let one = 0; one < 103; one += 1) {
      await report("anna", `v${one}`, watched([[0, 1]], 1, one), false);
    }
    expect(Object.keys(unreportedOf("anna"))).toHaveLength(100);
    expect(unreportedOf("anna").v2).toBeUndefined();
  });
});

test("what is watched while a report is under way stays for the next one", async () => {
  sendProgress.mockImplementationOnce(async () => {
    await report("anna", "v", watched([[10, 20]], 20), false);
    return {};
  });
  sendProgress.mockRejectedValueOnce(OFFLINE);
  await report("anna", "v", watched([[0, 10]], 10), false);
  expect(unreportedOf("anna").v?.ranges).toEqual([[0, 20]]);
});

test.each([401, 429, 500, 503])("a report that is answered with %i is kept", async (status) => {
  sendProgress.mockRejectedValue(new ApiError(status, {}));
  expect(await report("anna", "v", watched([[0, 10]], 10), false)).toBeNull();
  expect(Object.keys(unreportedOf("anna"))).toEqual(["v"]);
});

test.each([404, 422])("a report that is refused with %i is not sent again", async (status) => {
  sendProgress.mockRejectedValue(new ApiError(status, {}));
  await report("anna", "v", watched([[0, 10]], 10), false);
  expect(localStorage).toHaveLength(0);
});

test("the newer place wins, whichever comes first; too many ranges lose the shortest", () => {
  const early = watched([[0, 10]], 10, 1);
  const late = watched([[50, 60]], 60, 2);
  expect(merged(late, early)).toEqual(merged(early, late));
  expect(merged(late, early).last_position).toBe(60);
  const many: Range[] = Array.from({ length: 501 }, (_, at) => [at * 10, at * 10 + 1 + at / 1000]);
  expect(merged(watched(many, 1), early).ranges).toHaveLength(500);
});
