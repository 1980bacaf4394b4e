import { describe, expect, test, vi } from "vitest";
import type { ReactionType } from "@/api/types";
import {
  hear,
  type ReactionCounts,
  ranked,
  react,
  type Standing,
  type Target,
  withMine,
} from "./reacting";

/** A server that toggles like the real one, and answers when it is told to. */
function setUp(mine: ReactionType | null = null, others: ReactionCounts = {}) {
  const empty: Standing = { reaction_counts: others, my_reaction: null };
  let page = withMine(empty, mine);
  let server = page;
  const waiting: (() => void)[] = [];
  const asked: ReactionType[] = [];
  let isDown = false;
  const target: Target = {
    key: `video:${Math.random()}`,
    read: () => page,
    write: (next) => {
      page = next;
    },
    send: (type) => {
      asked.push(type);
      return new Promise((resolve, reject) =>
        waiting.push(() => {
          if (isDown) return reject(new Error("network"));
          server = withMine(server, server.my_reaction === type ? null : type);
          resolve({ type: server.my_reaction, reaction_counts: server.reaction_counts });
        }),
      );
    },
    refresh: vi.fn(),
  };
  return {
    target,
    asked,
    page: () => page,
    server: () => server,
    fail: () => {
      isDown = true;
    },
    answer: async () => {
      waiting.shift()?.();
      await new Promise((done) => setTimeout(done));
    },
  };
}

test("one's own reaction moves from one count to the other", () => {
  const loved = withMine({ reaction_counts: { like: 1, love: 2 }, my_reaction: "like" }, "love");
  expect(loved).toEqual({ reaction_counts: { love: 3 }, my_reaction: "love" });
  expect(withMine(loved, null)).toEqual({ reaction_counts: { love: 2 }, my_reaction: null });
});

test("the most frequent come first, and those that nobody gave not at all", () => {
  expect(ranked({ pray: 3, like: 1, sad: 0, love: 1 })).toEqual([
    { type: "pray", count: 3 },
    { type: "like", count: 1 },
    { type: "love", count: 1 },
  ]);
});

describe("reacting", () => {
  test("shows before the server has answered", async () => {
    const { target, page, answer } = setUp(null, { like: 4 });
    const done = react(target, "like");
    expect(page()).toEqual({ reaction_counts: { like: 5 }, my_reaction: "like" });
    await answer();
    await done;
    expect(page()).toEqual({ reaction_counts: { like: 5 }, my_reaction: "like" });
  });

  test("the same again takes it back", async () => {
    const { target, page, server, answer } = setUp("wow");
    const done = react(target, "wow");
    await answer();
    await done;
    expect(page()).toEqual({ reaction_counts: {}, my_reaction: null });
    expect(server()).toEqual(page());
  });

  test("quick changes of mind end where the person ended, with as few requests as it takes", async () => {
    const { target, page, server, asked, answer } = setUp();
    const done = react(target, "like");
    for (const type of ["love", "love", "haha", "sad"] as const) void react(target, type);
    await answer();
    await answer();
    await done;
    expect(asked).toEqual(["like", "sad"]);
    expect(page()).toEqual({ reaction_counts: { sad: 1 }, my_reaction: "sad" });
    expect(server()).toEqual(page());
  });

  test("given and taken back before the answer takes it back at the server too", async () => {
    const { target, server, asked, answer } = setUp();
    const done = react(target, "like");
    void react(target, "like");
    await answer();
    await answer();
    await done;
    expect(asked).toEqual(["like", "like"]);
    expect(server().my_reaction).toBeNull();
  });

  test("what does not get through is taken back, and the truth is asked for", async () => {
    const { target, page, fail, answer } = setUp("love", { like: 2 });
    fail();
    const done = react(target, "like");
    const failed = expect(done).rejects.toThrow("network");
    await answer();
    await failed;
    expect(page()).toEqual({ reaction_counts: { like: 2, love: 1 }, my_reaction: "love" });
    expect(target.refresh).toHaveBeenCalledOnce();
  });
});

describe("live counts", () => {
  test("are taken up, one's own reaction stays", () => {
    const { target, page } = setUp("like");
    hear(target, { like: 1, wow: 3 });
    expect(page()).toEqual({ reaction_counts: { like: 1, wow: 3 }, my_reaction: "like" });
  });

  test("do not count oneself twice while an answer is on its way", async () => {
    const { target, page, answer } = setUp();
    const done = react(target, "like");
    hear(target, { like: 1 });
    expect(page().reaction_counts).toEqual({ like: 1 });
    await answer();
    await done;
    expect(target.refresh).not.toHaveBeenCalled();
  });

  test("that the answer did not know of are asked for afterwards", async () => {
    const { target, answer } = setUp();
    const done = react(target, "like");
    hear(target, { like: 1, sad: 1 });
    await answer();
    await done;
    expect(target.refresh).toHaveBeenCalledOnce();
  });
});
