/** What a course's curriculum says about single lessons. */
import type { CourseLesson, CoursePage, CourseSection, LessonStanding } from "@/api/types";

export interface Place {
  lesson: CourseLesson;
  section: CourseSection;
  /** From 1, in the whole course. */
  number: number;
  previous: CourseLesson | undefined;
  next: CourseLesson | undefined;
}

type Outline = Pick<CoursePage, "sections">;

export const lessonsOf = ({ sections }: Outline): CourseLesson[] =>
  sections.flatMap(({ lessons }) => lessons);

/** Where a lesson stands in its course; null when the course has no such lesson. */
export function placeOf(course: Outline, lessonId: string): Place | null {
  const lessons = lessonsOf(course);
  const at = lessons.findIndex(({ id }) => id === lessonId);
  const lesson = lessons[at];
  const section = course.sections.find((one) => one.lessons.some(({ id }) => id === lessonId));
  if (!lesson || !section) return null;
  return { lesson, section, number: at + 1, previous: lessons[at - 1], next: lessons[at + 1] };
}

/** What one has to complete before anything that is locked opens. */
export const firstOpen = (course: Outline): CourseLesson | undefined =>
  lessonsOf(course).find(({ is_completed }) => !is_completed);

/** Whether one may take a lesson now, or why not. */
export function accessOf(
  course: Pick<CoursePage, "is_enrolled" | "can_edit">,
  lesson: CourseLesson,
): "open" | "notEnrolled" | "locked" {
  if (!course.is_enrolled && !course.can_edit && !lesson.is_preview) return "notEnrolled";
  return lesson.is_locked ? "locked" : "open";
}

export interface SectionTotals {
  done: number;
  count: number;
  /** Seconds of its videos. */
  duration: number;
}

export const totalsOf = ({ lessons }: CourseSection): SectionTotals => ({
  done: lessons.filter(({ is_completed }) => is_completed).length,
  count: lessons.length,
  duration: lessons.reduce((sum, { duration_seconds }) => sum + (duration_seconds ?? 0), 0),
});

/** A course with one lesson as far as the server has just said; which others open, it tells apart. */
export function withStanding<Course extends CoursePage>(
  course: Course,
  { lesson_id, completed, course: whole }: LessonStanding,
): Course {
  const { percent, completed_count, certificate_code } = whole;
  const tick = (lesson: CourseLesson) =>
    lesson.id === lesson_id && lesson.is_completed !== completed
      ? { ...lesson, is_completed: completed }
      : lesson;
  const sections = course.sections.map((section) =>
    section.lessons.some(({ id }) => id === lesson_id)
      ? { ...section, lessons: section.lessons.map(tick) }
      : section,
  );
  return { ...course, percent, completed_count, certificate_code, sections };
}
