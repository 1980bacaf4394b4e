// @vitest-environment jsdom
import { afterEach, expect, test, vi } from "vitest";
import { forgetUpload, keepUpload, keptUpload } from "./kept";
import { addressOfSame } from "./targets";
import { isInterrupted } from "./versions";

const upload = { id: "u", url: "/api/uploads/u", size_bytes: 10, offset_bytes: 4 };
const file = new File([new Uint8Array(10)], "a.mp4");
const waiting = { asset_id: "1", status: "queued", filename: "a.mp4", upload: null } as const;
const version = { ...waiting, processing_progress: 0, error_code: null, error_message: null };
const ELSEWHERE = "https://stream.example/1";

afterEach(() => {
  localStorage.clear();
  vi.useRealTimers();
});

test("the same file goes on where it was going", () => {
  expect(addressOfSame([undefined, { ...waiting, upload }], file)).toBe("/api/uploads/u");
});

test("another file begins afresh", () => {
  expect(addressOfSame([{ ...waiting, filename: "b.mp4", upload }], file)).toBeNull();
  const larger = new File([new Uint8Array(11)], "a.mp4");
  expect(addressOfSame([{ ...waiting, upload }], larger)).toBeNull();
  keepUpload("1", ELSEWHERE, larger);
  expect(addressOfSame([waiting], file)).toBeNull();
});

test("what has arrived, or what somebody else sends, is not gone on with", () => {
  expect(addressOfSame([waiting, null], file)).toBeNull();
  expect(isInterrupted(version)).toBe(false);
  keepUpload("1", ELSEWHERE, file);
  expect(addressOfSame([{ ...waiting, status: "inprogress" }], file)).toBeNull();
  expect(isInterrupted({ ...version, status: "inprogress" })).toBe(false);
});

test("what this browser was sending to another server goes on there until all has arrived", () => {
  keepUpload("1", ELSEWHERE, file);
  keepUpload("2", "https://stream.example/2", file);
  expect(addressOfSame([null, waiting], file)).toBe(ELSEWHERE);
  expect(isInterrupted(version)).toBe(true);
  forgetUpload(ELSEWHERE);
  expect(addressOfSame([null, waiting], file)).toBeNull();
  expect(isInterrupted(version)).toBe(false);
  expect(keptUpload("2")?.url).toBe("https://stream.example/2");
});

test("an address is kept for as long as it is good, and a broken storage keeps none", () => {
  vi.useFakeTimers();
  keepUpload("1", ELSEWHERE, file);
  vi.advanceTimersByTime(25 * 60 * 60 * 1000);
  expect(keptUpload("1")).toBeNull();
  localStorage.setItem("lumenhall-uploads", "{");
  expect(keptUpload("1")).toBeNull();
});
