/** Changes of a curriculum. Each returns a new one: what hangs on a lesson goes by its id. */
import type { Lesson, LessonKind, Section } from "@/api/types";
import { moved } from "@/features/library/playlists/order";
import { newClientId } from "@/ui/clientId";

/** Sections and lessons stand in one list on the page, so that a lesson moves over any border. */
export type Line = { section: Section; lesson: null } | { section: Section; lesson: Lesson };

export const linesOf = (sections: readonly Section[]): Line[] =>
  sections.flatMap((section) => [
    { section, lesson: null },
    ...section.lessons.map((lesson) => ({ section, lesson })),
  ]);

function sectionsOf(lines: readonly Line[]): Section[] {
  const sections: Section[] = [];
  for (const { section, lesson } of lines) {
    if (lesson) sections.at(-1)?.lessons.push(lesson);
    else sections.push({ ...section, lessons: [] });
  }
  return sections;
}

/** How many sections begin before a line. */
const sectionsBefore = (lines: readonly Line[], at: number): number =>
  lines.slice(0, at).filter(({ lesson }) => !lesson).length;

/** Puts a line at another place: a lesson by itself, a section with all that is in it. */
export function moveLine(sections: readonly Section[], from: number, to: number): Section[] {
  const lines = linesOf(sections);
  const line = lines[from];
  if (!line) return [...sections];
  // Nothing stands before the first section.
  if (line.lesson) return sectionsOf(moved(lines, from, Math.max(1, to)));
  const rest = lines.filter((_, at) => at !== from);
  return moved(sections, sectionsBefore(lines, from), sectionsBefore(rest, to));
}

export const moveSection = (sections: readonly Section[], id: string, by: 1 | -1): Section[] => {
  const from = sections.findIndex((section) => section.id === id);
  const to = Math.min(sections.length - 1, Math.max(0, from + by));
  return moved(sections, from, to);
};

/** Puts a lesson at the end of another section. */
export function moveToSection(
  sections: readonly Section[],
  lessonId: string,
  sectionId: string,
): Section[] {
  const lesson = findLesson(sections, lessonId);
  if (!lesson) return [...sections];
  return withoutLesson(sections, lessonId).map((section) =>
    section.id === sectionId ? { ...section, lessons: [...section.lessons, lesson] } : section,
  );
}

export const findLesson = (sections: readonly Section[], id: string): Lesson | undefined =>
  sections.flatMap(({ lessons }) => lessons).find((lesson) => lesson.id === id);

export const newSection = (title: string): Section => ({
  id: `section-${newClientId()}`,
  title,
  lessons: [],
});

export const newLesson = (title: string, kind: LessonKind): Lesson => ({
  id: `lesson-${newClientId()}`,
  title,
  kind,
  is_preview: false,
});

/** With a section at a place, where it was taken away before, or at the end. */
export const withSection = (
  sections: readonly Section[],
  section: Section,
  at: number = sections.length,
): Section[] => sections.toSpliced(at, 0, section);

/** With a lesson in a section, at a place or at its end; in the last one if that is gone. */
export function withLesson(
  sections: readonly Section[],
  sectionId: string,
  lesson: Lesson,
  at: number = Number.POSITIVE_INFINITY,
): Section[] {
  const isThere = sections.some(({ id }) => id === sectionId);
  const goal = isThere ? sectionId : sections.at(-1)?.id;
  return sections.map((section) =>
    section.id === goal
      ? { ...section, lessons: section.lessons.toSpliced(at, 0, lesson) }
      : section,
  );
}

export const withoutSection = (sections: readonly Section[], id: string): Section[] =>
  sections.filter((section) => section.id !== id);

export const withoutLesson = (sections: readonly Section[], id: string): Section[] =>
  sections.map((section) => ({
    ...section,
    lessons: section.lessons.filter((lesson) => lesson.id !== id),
  }));

export const changeSection = (sections: readonly Section[], id: string, title: string): Section[] =>
  sections.map((section) => (section.id === id ? { ...section, title } : section));

export const changeLesson = (
  sections: readonly Section[],
  id: string,
  change: Partial<Omit<Lesson, "id">>,
): Section[] =>
  sections.map((section) => ({
    ...section,
    lessons: section.lessons.map((lesson) =>
      lesson.id === id ? { ...lesson, ...change } : lesson,
    ),
  }));
