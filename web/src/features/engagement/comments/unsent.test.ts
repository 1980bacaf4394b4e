// @vitest-environment jsdom
import { QueryClient } from "@tanstack/react-query";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { ApiError } from "@/api/client";
import type { Comment } from "@/api/types";
import { keys } from "./cache";

const sendComment = vi.fn();
vi.mock("./queries", () => ({ sendComment }));

const WORDS = {
  author_id: "me",
  video_id: "v",
  parent_id: null,
  text: "Hello",
  moment_seconds: 7,
};
const ARRIVED = { id: "9", video_id: "v", parent_id: null, moment_seconds: 7 } as Comment;

/** The module as it is after the page was loaded anew. */
async function load() {
  vi.resetModules();
  const unsent = await import("./unsent");
  return { ...unsent, waiting: () => unsent.unsentOf("me", "v", null) };
}

let queries: QueryClient;

beforeEach(() => {
  queries = new QueryClient();
  sessionStorage.clear();
  sendComment.mockReset();
});

test("a comment is there while it is sent, and stands in the list once it has arrived", async () => {
  const { say, waiting } = await load();
  queries.setQueryData(keys.of("v", "newest"), {
    pageParams: [null],
    pages: [{ items: [], next_cursor: null }],
  });
  sendComment.mockResolvedValue(ARRIVED);
  const done = say(queries, WORDS);
  expect(waiting()).toMatchObject([{ text: "Hello", state: "sending" }]);
  expect(await done).toBe(true);
  expect(waiting()).toEqual([]);
  expect(queries.getQueryData(keys.of("v", "newest"))).toMatchObject({
    pages: [{ items: [{ id: "9" }] }],
  });
  expect(sessionStorage).toHaveLength(0);
});

describe("a comment that did not arrive", () => {
  const FAILURE = new ApiError(0, { code: "network" });

  test("stays with the reason, and is sent again under the same id", async () => {
    const { say, sayAgain, waiting } = await load();
    sendComment.mockRejectedValueOnce(FAILURE).mockResolvedValueOnce(ARRIVED);
    expect(await say(queries, WORDS)).toBe(false);
    const [failed] = waiting();
    expect(failed).toMatchObject({ state: "failed", error: FAILURE });
    if (failed) await sayAgain(queries, failed);
    const [first, second] = sendComment.mock.calls;
    expect(second).toEqual(first);
    expect(second?.[1].client_id).toBe(failed?.client_id);
    expect(waiting()).toEqual([]);
  });

  test("outlives the page", async () => {
    const before = await load();
    sendComment.mockRejectedValue(FAILURE);
    await before.say(queries, WORDS);
    const after = await load();
    expect(after.waiting()).toMatchObject([
      {
        text: "Hello",
        moment_seconds: 7,
        state: "failed",
        client_id: before.waiting()[0]?.client_id,
      },
    ]);
  });

  test("can be thrown away", async () => {
    const { say, throwAway, waiting } = await load();
    sendComment.mockRejectedValue(FAILURE);
    await say(queries, WORDS);
    const [failed] = waiting();
    if (failed) throwAway(failed);
    expect(waiting()).toEqual([]);
    expect(sessionStorage).toHaveLength(0);
  });

  test("is nobody else's", async () => {
    const { say, unsentOf } = await load();
    sendComment.mockRejectedValue(FAILURE);
    await say(queries, WORDS);
    expect(unsentOf("you", "v", null)).toEqual([]);
    expect(unsentOf("me", "v", "reply")).toEqual([]);
  });
});
