import { expect, test } from "vitest";
import { countAnswered, pressed } from "./answers";

const one = { id: "q1", kind: "single" } as const;
const many = { id: "q2", kind: "multiple" } as const;

test("where one answer is right, the newest takes the place of the last", () => {
  const answers = pressed(pressed({}, one, "a"), one, "b");
  expect(answers).toEqual({ q1: ["b"] });
  expect(pressed(answers, one, "b")).toEqual({ q1: ["b"] });
});

test("where several may be right, each is chosen and unchosen by itself", () => {
  const answers = pressed(pressed({}, many, "a"), many, "b");
  expect(answers).toEqual({ q2: ["a", "b"] });
  expect(pressed(answers, many, "a")).toEqual({ q2: ["b"] });
});

test("a question whose answers were all taken back is unanswered", () => {
  const answers = pressed(pressed(pressed({}, one, "a"), many, "b"), many, "b");
  expect(countAnswered(answers, [one, many])).toBe(1);
});
