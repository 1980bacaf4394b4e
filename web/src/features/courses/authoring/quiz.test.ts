import { expect, test } from "vitest";
import type { Question } from "@/api/types";
import { moveQuestion, newQuestion, troubleOf, withKind, withoutOption, withRight } from "./quiz";

const question: Question = {
  id: "q",
  text: "Which?",
  kind: "multiple",
  explanation: "",
  options: [
    { id: "a", text: "A", is_right: true },
    { id: "b", text: "B", is_right: true },
    { id: "c", text: "C", is_right: false },
  ],
};

const right = ({ options }: Question) =>
  options.filter(({ is_right }) => is_right).map(({ id }) => id);

test("where one may be chosen, saying that one is right takes it from the others", () => {
  const single = withKind(question, "single");
  expect(right(single)).toEqual(["a"]);
  expect(right(withRight(single, "c", true))).toEqual(["c"]);
  expect(right(withRight(single, "a", false))).toEqual([]);
});

test("where several may be chosen, each is right by itself", () => {
  expect(right(withRight(question, "c", true))).toEqual(["a", "b", "c"]);
  expect(right(withRight(question, "a", false))).toEqual(["b"]);
});

test("a new question has everything still to be written", () => {
  const fresh = newQuestion();
  expect(troubleOf(fresh)).toBe("noText");
  expect(fresh.options).toHaveLength(2);
  expect(fresh.options[0]?.id).not.toBe(fresh.options[1]?.id);
});

test("what can't be asked is named", () => {
  expect(troubleOf(question)).toBeNull();
  expect(troubleOf(withRight(withRight(question, "a", false), "b", false))).toBe("noRight");
  expect(troubleOf(withoutOption(withoutOption(question, "a"), "b"))).toBe("fewOptions");
  expect(troubleOf({ ...question, options: [{ id: "a", text: " ", is_right: true }] })).toBe(
    "fewOptions",
  );
  const blank = { id: "d", text: " ", is_right: false };
  expect(troubleOf({ ...question, options: [...question.options, blank] })).toBe("noOptionText");
});

test("a question stays within the quiz when it is moved", () => {
  const draft = { pass_percent: 80, questions: [question, { ...question, id: "r" }] };
  const ids = (by: 1 | -1) => moveQuestion(draft, "q", by).questions.map(({ id }) => id);
  expect(ids(1)).toEqual(["r", "q"]);
  expect(ids(-1)).toEqual(["q", "r"]);
});
