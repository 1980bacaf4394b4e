import { QueryClient } from "@tanstack/react-query";
import { beforeEach, describe, expect, test } from "vitest";
import type { Comment } from "@/api/types";
import { changeComment, dropComment, findComment, keys, takeUp } from "./cache";

const ANN = {
  id: "p",
  username: "ann",
  display_name: "Ann",
  picture_url: null,
  initials_color: "#000000",
};

const comment = (id: string, more: Partial<Comment> = {}): Comment => ({
  id,
  video_id: "v",
  parent_id: null,
  author: ANN,
  text: `Number ${id}`,
  moment_seconds: null,
  created_at: "2026-11-21T10:00:00Z",
  edited_at: null,
  is_deleted: false,
  can_edit: false,
  can_delete: false,
  reply_count: 0,
  reaction_counts: {},
  my_reaction: null,
  mentions: [],
  ...more,
});

let queries: QueryClient;

const load = (key: readonly unknown[], pages: string[][], next: string | null = null) =>
  queries.setQueryData(key, {
    pageParams: pages.map(() => null),
    pages: pages.map((ids, at) => ({
      items: ids.map((id) => comment(id)),
      next_cursor: at === pages.length - 1 ? next : "more",
    })),
  });

const shown = (key: readonly unknown[]) =>
  queries
    .getQueryData<{ pages: { items: Comment[] }[] }>(key)
    ?.pages.map(({ items }) => items.map(({ id }) => id));

beforeEach(() => {
  queries = new QueryClient();
});

describe("a comment that comes in", () => {
  test("stands first where the newest come first, and last where the oldest do", () => {
    load(keys.of("v", "newest"), [["5", "4"], ["2"]]);
    load(keys.of("v", "oldest"), [["2", "4"], ["5"]]);
    takeUp(queries, comment("6"));
    expect(shown(keys.of("v", "newest"))).toEqual([["6", "5", "4"], ["2"]]);
    expect(shown(keys.of("v", "oldest"))).toEqual([
      ["2", "4"],
      ["5", "6"],
    ]);
  });

  test("finds its place although a later one was faster", () => {
    load(keys.of("v", "newest"), [["6", "4"], ["2"]]);
    takeUp(queries, comment("5"));
    takeUp(queries, comment("3"));
    expect(shown(keys.of("v", "newest"))).toEqual([
      ["6", "5", "4"],
      ["3", "2"],
    ]);
  });

  test("is not put beyond what has been loaded", () => {
    load(keys.of("v", "oldest"), [["2", "4"]], "more");
    takeUp(queries, comment("6"));
    expect(shown(keys.of("v", "oldest"))).toEqual([["2", "4"]]);
  });

  test("is the first one of an empty list", () => {
    load(keys.of("v", "newest"), [[]]);
    takeUp(queries, comment("1"));
    expect(shown(keys.of("v", "newest"))).toEqual([["1"]]);
  });

  test("is there once, with its newest text, however often it comes", () => {
    load(keys.of("v", "newest"), [["2", "1"]]);
    takeUp(queries, comment("2", { text: "Better" }));
    takeUp(queries, comment("2", { text: "Best" }));
    expect(shown(keys.of("v", "newest"))).toEqual([["2", "1"]]);
    expect(findComment(queries, "2")?.text).toBe("Best");
  });

  test("goes below the one that it answers, and only there", () => {
    load(keys.of("v", "newest"), [["1"]]);
    load(keys.below("1"), [["2"]]);
    takeUp(queries, comment("3", { parent_id: "1" }));
    expect(shown(keys.below("1"))).toEqual([["2", "3"]]);
    expect(shown(keys.of("v", "newest"))).toEqual([["1"]]);
  });

  test("does not make a list that nobody has loaded", () => {
    takeUp(queries, comment("3", { parent_id: "1" }));
    expect(shown(keys.below("1"))).toBeUndefined();
  });
});

test("a comment changes wherever it stands", () => {
  load(keys.of("v", "newest"), [["1"]]);
  load(keys.of("v", "oldest"), [["1"]]);
  queries.setQueryData(keys.one("1"), comment("1"));
  changeComment(queries, "1", (one) => ({ ...one, text: "New" }));
  const texts = queries
    .getQueriesData<{ pages: { items: Comment[] }[] }>({ queryKey: ["comments", "of"] })
    .map(([, pages]) => pages?.pages[0]?.items[0]?.text);
  expect(texts).toEqual(["New", "New"]);
  expect(queries.getQueryData<Comment>(keys.one("1"))?.text).toBe("New");
});

test("a comment that goes is gone wherever it stood, and a link to it leads nowhere", () => {
  load(keys.of("v", "newest"), [["2", "1"]]);
  queries.setQueryData(keys.one("1"), comment("1"));
  dropComment(queries, "1");
  expect(shown(keys.of("v", "newest"))).toEqual([["2"]]);
  expect(queries.getQueryData<Comment>(keys.one("1"))?.is_deleted).toBe(true);
});

describe("moments", () => {
  const moments = () =>
    queries
      .getQueryData<{ items: { id: string; moment_seconds: number; text: string }[] }>(
        keys.moments("v"),
      )
      ?.items.map(({ id, moment_seconds }) => [id, moment_seconds]);

  beforeEach(() => {
    queries.setQueryData(keys.moments("v"), { items: [] });
    load(keys.of("v", "newest"), [[]]);
  });

  test("come with comments, in the order of the video", () => {
    takeUp(queries, comment("1", { moment_seconds: 50 }));
    takeUp(queries, comment("2", { moment_seconds: 0, text: "x".repeat(200) }));
    takeUp(queries, comment("3"));
    expect(moments()).toEqual([
      ["2", 0],
      ["1", 50],
    ]);
  });

  test("go with them, also where a stub stays", () => {
    takeUp(queries, comment("1", { moment_seconds: 50 }));
    takeUp(queries, comment("2", { moment_seconds: 60 }));
    dropComment(queries, "1");
    takeUp(queries, comment("2", { moment_seconds: 60, is_deleted: true, author: null }));
    expect(moments()).toEqual([]);
    expect(shown(keys.of("v", "newest"))).toEqual([["2"]]);
  });
});
