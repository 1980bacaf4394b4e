import { expect, test } from "vitest";
import type { CourseLesson } from "@/api/types";
import { accessOf, firstOpen, lessonsOf, placeOf, totalsOf } from "./outline";

const lesson = (id: string, values: Partial<CourseLesson> = {}): CourseLesson => ({
  id,
  title: id,
  kind: "video",
  is_preview: false,
  duration_seconds: null,
  is_ready: true,
  is_completed: false,
  is_locked: false,
  ...values,
});

const course = {
  sections: [
    { id: "s1", title: "One", lessons: [lesson("a", { is_completed: true }), lesson("b")] },
    { id: "s2", title: "Empty", lessons: [] },
    { id: "s3", title: "Three", lessons: [lesson("c")] },
  ],
};

test("lessons follow each other over the borders of sections", () => {
  expect(lessonsOf(course).map(({ id }) => id)).toEqual(["a", "b", "c"]);
  const place = placeOf(course, "b");
  expect(place?.number).toBe(2);
  expect(place?.section.id).toBe("s1");
  expect(place?.previous?.id).toBe("a");
  expect(place?.next?.id).toBe("c");
});

test("nothing comes before the first and after the last", () => {
  expect(placeOf(course, "a")?.previous).toBeUndefined();
  expect(placeOf(course, "c")?.next).toBeUndefined();
});

test("a lesson that was taken out has no place", () => {
  expect(placeOf(course, "gone")).toBeNull();
});

test("the first that is not completed is what comes first", () => {
  expect(firstOpen(course)?.id).toBe("b");
  expect(firstOpen({ sections: [] })).toBeUndefined();
});

test("previews are for everybody, the rest for the enrolled and the authors", () => {
  const stranger = { is_enrolled: false, can_edit: false };
  expect(accessOf(stranger, lesson("a"))).toBe("notEnrolled");
  expect(accessOf(stranger, lesson("a", { is_preview: true }))).toBe("open");
  expect(accessOf({ ...stranger, is_enrolled: true }, lesson("a"))).toBe("open");
  expect(accessOf({ ...stranger, can_edit: true }, lesson("a"))).toBe("open");
});

test("being enrolled opens no lesson whose turn has not come", () => {
  const learner = { is_enrolled: true, can_edit: false };
  expect(accessOf(learner, lesson("a", { is_locked: true }))).toBe("locked");
});

test("a section adds up what is done and what is known of its length", () => {
  const lessons = [lesson("a", { duration_seconds: 70, is_completed: true }), lesson("b")];
  expect(totalsOf({ id: "s", title: "S", lessons })).toEqual({ done: 1, count: 2, duration: 70 });
});
