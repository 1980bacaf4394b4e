import { QueryClient } from "@tanstack/react-query";
import { beforeEach, describe, expect, test } from "vitest";
import type { Conversation, ConversationDetail, Message } from "@/api/types";
import { keys } from "./keys";
import { changeLook, dropLook, heard, type Pages, setMarks, takeUpLook } from "./looks";

const look = (id: string, at: string, more: Partial<Conversation> = {}): Conversation =>
  ({
    id,
    is_pinned: false,
    request: null,
    last_message_at: at,
    last_number: 1,
    read_number: 1,
    unread_count: 0,
    ...more,
  }) as Conversation;

let queries: QueryClient;

const list = (key: readonly string[] = keys.list) =>
  queries.getQueryData<Pages>(key)?.pages.map(({ items }) => items.map(({ id }) => id));

const setList = (pages: Conversation[][], next: string | null = null) =>
  queries.setQueryData<Pages>(keys.list, {
    pages: pages.map((items, at) => ({
      items,
      next_cursor: at < pages.length - 1 ? "more" : next,
    })),
    pageParams: pages.map(() => null),
  });

beforeEach(() => {
  queries = new QueryClient();
  setList([[look("p", "1", { is_pinned: true }), look("b", "5")], [look("a", "3")]]);
});

describe("the list", () => {
  test("has pinned ones first and then the newest", () => {
    takeUpLook(queries, look("a", "9"));
    expect(list()).toEqual([["p", "a", "b"], []]);
    takeUpLook(queries, look("b", "5", { is_pinned: true }));
    expect(list()).toEqual([["b", "p", "a"], []]);
  });

  test("takes nothing up beyond what has been loaded", () => {
    setList([[look("b", "5")]], "more");
    takeUpLook(queries, look("old", "1"));
    expect(list()).toEqual([["b"]]);
  });

  test("has no requests, which stand apart", () => {
    queries.setQueryData<Pages>(keys.requests, {
      pages: [{ items: [], next_cursor: null }],
      pageParams: [null],
    });
    takeUpLook(queries, look("r", "9", { request: "incoming" }));
    expect([list(), list(keys.requests)]).toEqual([[["p", "b"], ["a"]], [["r"]]]);
    takeUpLook(queries, look("r", "9"));
    expect([list(), list(keys.requests)]).toEqual([[["p", "r", "b"], ["a"]], [[]]]);
  });

  test("changes where a conversation stands and nowhere else", () => {
    changeLook(queries, "unknown", () => ({ is_muted: true }));
    dropLook(queries, "b");
    expect(list()).toEqual([["p"], ["a"]]);
  });
});

describe("a new message", () => {
  const message = (number: number, sender: string) =>
    ({
      number,
      text: "x".repeat(300),
      type: "text",
      media: [] as Message["media"],
      sender: { id: sender },
      created_at: "9",
    }) as Message;

  test("of somebody else is unread", () => {
    const after = heard(look("a", "3"), message(2, "other"), "me");
    expect(after).toMatchObject({ last_number: 2, unread_count: 1, read_number: 1 });
    expect(after.last_message?.text).toHaveLength(160);
  });

  test("of one's own means that one has read", () => {
    const after = heard(look("a", "3", { unread_count: 4 }), message(6, "me"), "me");
    expect(after).toMatchObject({ last_number: 6, unread_count: 0, read_number: 6 });
  });

  test("that is no news changes nothing", () => {
    expect(heard(look("a", "3"), message(1, "other"), "me")).toEqual({});
  });
});

test("marks are those of one person", () => {
  const people = ["a", "b"].map((id) => ({ person: { id }, read_number: 1, delivered_number: 2 }));
  queries.setQueryData(keys.one("x"), { id: "x", participants: people });
  setMarks(queries, "x", "b", { read_number: 7, delivered_number: 7 });
  const detail = queries.getQueryData<ConversationDetail>(keys.one("x"));
  expect(detail?.participants.map(({ read_number }) => read_number)).toEqual([1, 7]);
});
