import { queryOptions } from "@tanstack/react-query";
import * as api from "@/api/gen";

export const playbackQuery = (videoId: string) =>
  queryOptions({
    queryKey: ["playback", videoId],
    queryFn: () => api.getPlayback({ path: { video_id: videoId } }),
    // Addresses are good until they expire; the watch page renews them itself.
    staleTime: 60_000,
    // The next visit asks anew: it begins where this one ends.
    gcTime: 0,
    refetchOnWindowFocus: false,
  });

/** What can be watched: a video of the library by its id, or a lesson, whose id has no slash. */
export const lessonTarget = (courseId: string, lessonId: string): string =>
  `${courseId}/${lessonId}`;

/** What both take. */
type Report = api.ProgressReport & api.LessonReport;

const TARGET = /^([^/]+)(?:\/(.+))?$/s;

/** `isLeaving` lets the report outlive the page. Of a lesson, the reply says how far one is with it. */
export async function sendProgress(
  target: string,
  body: Report,
  isLeaving: boolean,
): Promise<api.LessonStanding | null> {
  const [, id = "", lessonId] = TARGET.exec(target) ?? [];
  if (lessonId === undefined) {
    await api.reportProgress({ path: { video_id: id }, body, keepalive: isLeaving });
    return null;
  }
  return api.reportLessonProgress({
    path: { course_id: id, lesson_id: lessonId },
    body,
    keepalive: isLeaving,
  });
}
