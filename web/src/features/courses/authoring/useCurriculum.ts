import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useSyncExternalStore } from "react";
import type { CoursePage, Section } from "@/api/types";
import { courseQuery } from "../queries";
import { changeCurriculum, curriculumQuery } from "./queries";
import { Saver } from "./saver";

export type CurriculumSaver = Saver<Section[]>;

function makeSaver(
  queries: QueryClient,
  { id, slug }: CoursePage,
  sections: Section[],
  version: number,
) {
  return new Saver<Section[]>({ value: sections, version }, async (kept) => {
    const { queryKey } = curriculumQuery(id);
    await queries.cancelQueries({ queryKey });
    const saved = await changeCurriculum(id, { sections: kept.value, version: kept.version });
    queries.setQueryData(queryKey, saved);
    void queries.invalidateQueries({ queryKey: courseQuery(slug).queryKey });
    return { value: saved.sections, version: saved.version };
  });
}

/** The curriculum of a course as it is edited; null until it is loaded. */
export function useCurriculum(course: CoursePage | undefined) {
  const queries = useQueryClient();
  const saver = useRef<CurriculumSaver | null>(null);
  const { data, error, refetch } = useQuery({
    ...curriculumQuery(course?.id ?? ""),
    enabled: course?.can_edit ?? false,
  });
  if (!saver.current && data && course) {
    saver.current = makeSaver(queries, course, data.sections, data.version);
  }
  useEffect(() => {
    if (data) saver.current?.learn({ value: data.sections, version: data.version });
  }, [data]);
  return { saver: saver.current, error, refetch };
}

export const useSaver = <T>(saver: Saver<T>) =>
  useSyncExternalStore(saver.subscribe, saver.snapshot);
