import { expect, test } from "vitest";
import type { Lesson, Section } from "@/api/types";
import {
  changeLesson,
  linesOf,
  moveLine,
  moveSection,
  moveToSection,
  newLesson,
  withLesson,
  withoutLesson,
  withoutSection,
  withSection,
} from "./curriculum";

const lesson = (id: string): Lesson => ({ id, title: id, kind: "video", is_preview: false });
const section = (id: string, ...lessons: string[]): Section => ({
  id,
  title: id,
  lessons: lessons.map(lesson),
});

const SECTIONS = [section("one", "a", "b"), section("empty"), section("two", "c")];

/** `one(a b) empty() two(c)` */
const shape = (sections: readonly Section[]) =>
  sections.map(({ id, lessons }) => `${id}(${lessons.map((one) => one.id).join(" ")})`).join(" ");

test("sections and their lessons are one list of lines", () => {
  const names = linesOf(SECTIONS).map(({ section: { id }, lesson: one }) => one?.id ?? id);
  expect(names).toEqual(["one", "a", "b", "empty", "two", "c"]);
});

test("a lesson moves within its section and over its borders", () => {
  expect(shape(moveLine(SECTIONS, 1, 2))).toBe("one(b a) empty() two(c)");
  expect(shape(moveLine(SECTIONS, 2, 3))).toBe("one(a) empty(b) two(c)");
  expect(shape(moveLine(SECTIONS, 5, 4))).toBe("one(a b) empty(c) two()");
  expect(shape(moveLine(SECTIONS, 5, 1))).toBe("one(c a b) empty() two()");
});

test("no lesson stands before the first section", () => {
  expect(shape(moveLine(SECTIONS, 1, 0))).toBe(shape(SECTIONS));
});

test("a section takes its lessons along", () => {
  expect(shape(moveLine(SECTIONS, 0, 5))).toBe("empty() two(c) one(a b)");
  expect(shape(moveLine(SECTIONS, 4, 1))).toBe("one(a b) two(c) empty()");
  expect(shape(moveSection(SECTIONS, "two", -1))).toBe("one(a b) two(c) empty()");
  expect(shape(moveSection(SECTIONS, "two", 1))).toBe(shape(SECTIONS));
});

test("a lesson goes to the end of the section that is named", () => {
  expect(shape(moveToSection(SECTIONS, "a", "two"))).toBe("one(b) empty() two(c a)");
});

test("what is put back stands where it was", () => {
  const without = withoutLesson(SECTIONS, "a");
  expect(shape(withLesson(without, "one", lesson("a"), 0))).toBe(shape(SECTIONS));
  expect(shape(withSection(withoutSection(SECTIONS, "empty"), section("empty"), 1))).toBe(
    shape(SECTIONS),
  );
});

test("a lesson whose section is gone is put back into the last one", () => {
  const without = withoutSection(SECTIONS, "one");
  expect(shape(withLesson(without, "one", lesson("a"), 0))).toBe("empty() two(a c)");
});

test("renaming and moving keep the id, by which progress goes", () => {
  const renamed = changeLesson(SECTIONS, "a", { title: "Another" });
  expect(renamed[0]?.lessons[0]).toMatchObject({ id: "a", title: "Another", kind: "video" });
});

test("every new lesson has an id of its own", () => {
  expect(newLesson("A", "text").id).not.toBe(newLesson("A", "text").id);
});
