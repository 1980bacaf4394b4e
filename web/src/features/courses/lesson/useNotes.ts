import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Note } from "@/api/types";
import { meQuery } from "@/features/identity/queries";
import type { PlayerMoment } from "@/player/Moments";
import { useErrorText } from "@/ui/errors";
import { toastError } from "@/ui/toasts";
import { addNote, changeNote, deleteNote, inOrder, notesQuery } from "./notes";

/** One's notes beside a lesson, as the time bar shows them. */
export function useNotedMoments(courseId: string, lessonId: string): PlayerMoment[] {
  const { data } = useInfiniteQuery(notesQuery(courseId, lessonId));
  const { data: me } = useQuery(meQuery());
  return useMemo(() => {
    if (!data || !me) return [];
    return inOrder(data.pages.flatMap(({ items }) => items)).flatMap(
      ({ id, moment_seconds, text }) =>
        moment_seconds === null ? [] : [{ id, seconds: moment_seconds, person: me, text }],
    );
  }, [data, me]);
}

export interface Written {
  text: string;
  moment_seconds: number | null;
}

/** What one does with one's notes. What could not be saved stays where it was written. */
export function useNoteChanges(courseId: string, lessonId: string) {
  const queries = useQueryClient();
  const text = useErrorText();
  const refresh = () =>
    queries.invalidateQueries({ queryKey: notesQuery(courseId, lessonId).queryKey });
  const onError = (error: unknown) => toastError(text(error));
  const add = useMutation({
    mutationFn: (note: Written) => addNote(courseId, lessonId, note),
    onSuccess: refresh,
    onError,
  });
  const change = useMutation({
    mutationFn: ({ note, written }: { note: Note; written: Written }) =>
      changeNote(note.id, written),
    onSuccess: refresh,
    onError,
  });
  const remove = useMutation({
    mutationFn: ({ id }: Note) => deleteNote(id),
    onSuccess: refresh,
    onError,
  });
  return { add, change, remove };
}
