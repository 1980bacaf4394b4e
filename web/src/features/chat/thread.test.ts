import { describe, expect, test } from "vitest";
import type { Message } from "@/api/types";
import {
  isAtEnd,
  keepingMine,
  type Thread,
  threadOf,
  withMessage,
  withNewer,
  withOlder,
} from "./thread";

const message = (number: number, more: Partial<Message> = {}): Message =>
  ({
    id: `m${number}`,
    number,
    text: `${number}`,
    reply_to: null,
    media: [],
    my_reaction: null,
    ...more,
  }) as Message;

const page = (numbers: number[], last: number, next_cursor: string | null = null) => ({
  items: numbers.toSorted((one, other) => other - one).map((number) => message(number)),
  next_cursor,
  has_newer: numbers.length > 0 && Math.max(...numbers) < last,
  last_number: last,
});

const numbers = (thread: Thread) => thread.messages.map(({ number }) => number);

describe("what is loaded", () => {
  test("stands in the order of its numbers", () => {
    expect(numbers(threadOf(page([4, 3, 5], 5)))).toEqual([3, 4, 5]);
  });

  test("ends where newer messages are still to be fetched", () => {
    const around = threadOf(page([3, 4], 9));
    expect(isAtEnd(around)).toBe(false);
    const all = withNewer(around, page([5, 6, 7, 8, 9], 9));
    expect([numbers(all), isAtEnd(all)]).toEqual([[3, 4, 5, 6, 7, 8, 9], true]);
  });

  test("knows that nothing more is coming where the newest are not for this person", () => {
    expect(isAtEnd(withNewer(threadOf(page([3], 5)), page([], 5)))).toBe(true);
  });

  test("grows at its beginning without doubles", () => {
    const more = withOlder(threadOf(page([3, 4], 4, "before 3")), page([1, 2, 3], 4));
    expect([numbers(more), more.older]).toEqual([[1, 2, 3, 4], null]);
  });
});

describe("a message that comes by itself", () => {
  const thread = threadOf(page([1, 2], 2));

  test("is taken up if it is the next one, once", () => {
    const twice = withMessage(withMessage(thread, message(3)), message(3, { text: "again" }));
    expect(numbers(twice)).toEqual([1, 2, 3]);
    expect(twice.messages.at(-1)?.text).toBe("again");
  });

  test("leaves no gap: what is between is fetched first", () => {
    const ahead = withMessage(thread, message(5));
    expect([numbers(ahead), ahead.last, isAtEnd(ahead)]).toEqual([[1, 2], 5, false]);
  });

  test("changes what stands there, and what answers it", () => {
    const answer = message(3, {
      reply_to: { id: "m1", text: "1", is_unsent: false } as Message["reply_to"],
    });
    const unsent = message(1, { text: "", is_unsent: true });
    const after = withMessage(withMessage(thread, answer), unsent);
    expect(after.messages[0]?.is_unsent).toBe(true);
    expect(after.messages[2]?.reply_to).toMatchObject({ text: "", is_unsent: true });
  });

  test("keeps one's own reaction, which events do not tell", () => {
    const loved = withMessage(thread, message(2, { my_reaction: "love" }));
    expect(keepingMine(loved, message(2)).my_reaction).toBe("love");
    expect(keepingMine(loved, message(2, { is_unsent: true })).my_reaction).toBeNull();
  });
});
