import { createContext, useContext } from "react";
import type { CoursePage } from "@/api/types";
import type { CurriculumSaver } from "./useCurriculum";

export interface EditedCourse {
  course: CoursePage;
  saver: CurriculumSaver;
}

export const Edited = createContext<EditedCourse | null>(null);

/** The course whose pages for authors these are. */
export function useEdited(): EditedCourse {
  const edited = useContext(Edited);
  if (!edited) throw new Error("This is no page of a course that is edited.");
  return edited;
}
