import { infiniteQueryOptions } from "@tanstack/react-query";
import * as api from "@/api/gen";
import type { Note } from "@/api/types";

const PAGE_SIZE = 100;

export const notesQuery = (courseId: string, lessonId: string) =>
  infiniteQueryOptions({
    queryKey: ["lesson-notes", courseId, lessonId],
    queryFn: ({ pageParam }) =>
      api.listNotes({
        path: { course_id: courseId },
        query: { lesson_id: lessonId, cursor: pageParam, limit: PAGE_SIZE },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

export const addNote = (courseId: string, lessonId: string, body: api.NewNote) =>
  api.addNote({ path: { course_id: courseId, lesson_id: lessonId }, body });
export const changeNote = (id: string, body: api.NoteChange) =>
  api.changeNote({ path: { note_id: id }, body });
export const deleteNote = (id: string) => api.deleteNote({ path: { note_id: id } });

/** In the order of the video; what belongs to no moment comes first, the oldest before the newest. */
export const inOrder = (notes: readonly Note[]): Note[] =>
  notes.toSorted(
    (one, other) =>
      (one.moment_seconds ?? -1) - (other.moment_seconds ?? -1) ||
      one.created_at.localeCompare(other.created_at),
  );
