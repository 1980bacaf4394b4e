import { expect, test } from "vitest";
import { completed, mentionAt } from "./mention";

test.each([
  ["@a", 0, "a"],
  ["Hello @ann.b", 6, "ann.b"],
  ["(@عمر", 1, "عمر"],
])("in %s a name is being typed", (text, start, query) => {
  expect(mentionAt(text, text.length)).toEqual({ start, query });
});

test.each(["", "@", "mail@ann", "@@ann", "@ann and", "@ann "])("in %j none is", (text) => {
  expect(mentionAt(text, text.length)).toBeNull();
});

test("only what stands before the caret counts", () => {
  expect(mentionAt("@an and more", 3)).toEqual({ start: 0, query: "an" });
  expect(mentionAt("@an and more", 12)).toBeNull();
});

test("the name takes the place of what was typed", () => {
  expect(completed("Hi @an", { start: 3, query: "an" }, "ann")).toEqual({
    text: "Hi @ann ",
    caret: 8,
  });
  expect(completed("Hi @an there", { start: 3, query: "an" }, "ann")).toEqual({
    text: "Hi @ann there",
    caret: 8,
  });
});
