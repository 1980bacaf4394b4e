import { infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import * as api from "@/api/gen";
import type { CoursePage, LessonStanding } from "@/api/types";
import { withStanding } from "./outline";

/** Everything that shows some course, or how far one is in it, begins with this key. */
const ALL = ["courses"] as const;
const PAGE_SIZE = 24;

export type CourseScope = NonNullable<NonNullable<api.ListCoursesData["query"]>["scope"]>;

export const coursesQuery = (scope: CourseScope) =>
  infiniteQueryOptions({
    queryKey: [...ALL, "list", scope],
    queryFn: ({ pageParam }) =>
      api.listCourses({ query: { scope, cursor: pageParam, limit: PAGE_SIZE } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

export const courseQuery = (slug: string) =>
  queryOptions({
    queryKey: [...ALL, "one", slug],
    queryFn: () => api.getCourse({ path: { slug } }),
  });

export const refreshCourses = (queries: QueryClient): Promise<void> =>
  queries.invalidateQueries({ queryKey: ALL });

/** Takes up a course as a reply brought it; lists are fetched anew. */
export async function takeUpCourse(queries: QueryClient, course: CoursePage): Promise<void> {
  queries.setQueryData(courseQuery(course.slug).queryKey, course);
  await queries.invalidateQueries({ queryKey: [...ALL, "list"] });
}

/** Takes up how far one is as a reply brought it. A lesson that was completed may have opened others. */
export async function takeUpStanding(
  queries: QueryClient,
  slug: string,
  standing: LessonStanding,
): Promise<void> {
  const { queryKey } = courseQuery(slug);
  const before = queries.getQueryData(queryKey);
  if (!before) return;
  const after = withStanding(before, standing);
  queries.setQueryData(queryKey, after);
  if (after.completed_count !== before.completed_count) await refreshCourses(queries);
}

export const enrol = (courseId: string) => api.enrol({ path: { course_id: courseId } });
export const leaveCourse = (courseId: string) => api.leaveCourse({ path: { course_id: courseId } });

export const claimCertificate = (courseId: string) =>
  api.claimCertificate({ path: { course_id: courseId } });

export const lessonQuery = (courseId: string, lessonId: string) =>
  queryOptions({
    queryKey: [...ALL, "lesson", courseId, lessonId],
    queryFn: () => api.getLesson({ path: { course_id: courseId, lesson_id: lessonId } }),
  });

export const markRead = (courseId: string, lessonId: string) =>
  api.markLessonRead({ path: { course_id: courseId, lesson_id: lessonId } });

export const attemptQuiz = (courseId: string, lessonId: string, body: api.Answers) =>
  api.attemptQuiz({ path: { course_id: courseId, lesson_id: lessonId }, body });

export const openDiscussion = (courseId: string, lessonId: string) =>
  api.openDiscussion({ path: { course_id: courseId, lesson_id: lessonId } });

/** As for videos of the library: good until they expire, and asked anew by the next visit. */
const PLAYBACK = { staleTime: 60_000, gcTime: 0, refetchOnWindowFocus: false };

export const lessonPlaybackQuery = (courseId: string, lessonId: string) =>
  queryOptions({
    queryKey: ["playback", "lesson", courseId, lessonId],
    queryFn: () => api.getLessonPlayback({ path: { course_id: courseId, lesson_id: lessonId } }),
    ...PLAYBACK,
  });

export const previewPlaybackQuery = (courseId: string) =>
  queryOptions({
    queryKey: ["playback", "course-preview", courseId],
    queryFn: () => api.getPreviewPlayback({ path: { course_id: courseId } }),
    ...PLAYBACK,
  });
