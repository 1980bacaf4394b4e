import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Lesson, LessonKind, Section } from "@/api/types";
import { toast } from "@/ui/toasts";
import {
  changeLesson,
  changeSection,
  linesOf,
  moveLine,
  moveSection,
  moveToSection,
  newLesson,
  newSection,
  withLesson,
  withoutLesson,
  withoutSection,
  withSection,
} from "./curriculum";
import type { CurriculumSaver } from "./useCurriculum";

export type CurriculumChanges = ReturnType<typeof useCurriculumChanges>;

/** All that may be done to a curriculum; what changes places or goes is said aloud. */
export function useCurriculumChanges(saver: CurriculumSaver) {
  const t = useTranslations("authoring");
  const [said, setSaid] = useState("");
  const [newest, setNewest] = useState<string | null>(null);
  const now = () => saver.snapshot().value;
  const change = (sections: Section[]) => saver.change(sections);
  const offerUndo = (text: string, undo: () => Section[]) => {
    setSaid(text);
    toast(text, { label: t("undo"), go: () => change(undo()) });
  };
  const tellPlace = (title: string, isMoved: (id: string) => boolean) => {
    const lines = linesOf(now());
    const at = lines.findIndex(({ section, lesson }) => isMoved(lesson?.id ?? section.id));
    const line = lines[at];
    if (!line) return;
    if (!line.lesson) {
      const place = now().findIndex(({ id }) => id === line.section.id) + 1;
      setSaid(t("sectionMovedTo", { title, place, count: now().length }));
      return;
    }
    const place = line.section.lessons.findIndex(({ id }) => isMoved(id)) + 1;
    setSaid(t("movedTo", { title, section: line.section.title, place }));
  };
  return {
    said,
    newest,
    move: (from: number, to: number) => {
      const line = linesOf(now())[from];
      if (!line) return;
      change(moveLine(now(), from, to));
      const { id, title } = line.lesson ?? line.section;
      tellPlace(title, (other) => other === id);
    },
    moveSectionBy: ({ id, title }: Section, by: 1 | -1) => {
      change(moveSection(now(), id, by));
      tellPlace(title, (other) => other === id);
    },
    moveToSection: ({ id, title }: Lesson, sectionId: string) => {
      change(moveToSection(now(), id, sectionId));
      tellPlace(title, (other) => other === id);
    },
    addSection: () => {
      const section = newSection(t("newSection", { number: now().length + 1 }));
      setNewest(section.id);
      change(withSection(now(), section));
    },
    addLesson: (sectionId: string, kind: LessonKind) => {
      const lesson = newLesson(t(`new.${kind}`), kind);
      setNewest(lesson.id);
      change(withLesson(now(), sectionId, lesson));
    },
    renameSection: (id: string, title: string) => change(changeSection(now(), id, title)),
    changeLesson: (id: string, values: Partial<Omit<Lesson, "id">>) =>
      change(changeLesson(now(), id, values)),
    removeSection: (section: Section) => {
      const at = now().findIndex(({ id }) => id === section.id);
      change(withoutSection(now(), section.id));
      offerUndo(t("sectionDeleted", { title: section.title }), () =>
        withSection(now(), section, at),
      );
    },
    removeLesson: (lesson: Lesson) => {
      const home = now().find(({ lessons }) => lessons.some(({ id }) => id === lesson.id));
      if (!home) return;
      const at = home.lessons.findIndex(({ id }) => id === lesson.id);
      change(withoutLesson(now(), lesson.id));
      offerUndo(t("lessonDeleted", { title: lesson.title }), () =>
        withLesson(now(), home.id, lesson, at),
      );
    },
  };
}
