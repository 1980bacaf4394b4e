import { infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import * as api from "@/api/gen";
import type { CourseVideo, Curriculum, Quiz } from "@/api/types";

/** What is made of a video shows by live events; this is for what they do not reach. */
const LOOK_AGAIN_MS = 5000;
const PAGE_SIZE = 30;

const lesson = (courseId: string, lessonId: string) => ({
  path: { course_id: courseId, lesson_id: lessonId },
});
const course = (courseId: string) => ({ path: { course_id: courseId } });

export const createCourse = (body: api.NewCourse) => api.createCourse({ body });
export const changeCourse = (id: string, body: api.CourseChange) =>
  api.changeCourse({ ...course(id), body });
export const deleteCourse = (id: string) => api.deleteCourse(course(id));

export const curriculumQuery = (courseId: string) =>
  queryOptions({
    queryKey: ["courses", "curriculum", courseId],
    queryFn: () => api.getCurriculum(course(courseId)) as Promise<Curriculum>,
  });

export const changeCurriculum = (courseId: string, body: Curriculum) =>
  api.changeCurriculum({ ...course(courseId), body }) as Promise<Curriculum>;

const isMoving = ({ status, next_version }: CourseVideo): boolean =>
  [status, next_version?.status].some((one) => one === "queued" || one === "inprogress");

export const courseVideosQuery = (courseId: string) =>
  queryOptions({
    queryKey: ["courses", "videos", courseId],
    queryFn: () => api.listCourseVideos(course(courseId)),
    refetchInterval: ({ state }) => (state.data?.items.some(isMoving) ? LOOK_AGAIN_MS : false),
  });

export const uploadLessonVideo = (courseId: string, lessonId: string, body: api.NewCourseVideo) =>
  api.uploadLessonVideo({ ...lesson(courseId, lessonId), body });
export const noteLessonVideoSent = (courseId: string, lessonId: string) =>
  api.noteLessonVideoSent(lesson(courseId, lessonId));
export const changeLessonVideo = (
  courseId: string,
  lessonId: string,
  body: api.CourseVideoChange,
) => api.changeLessonVideo({ ...lesson(courseId, lessonId), body });
export const deleteLessonVideo = (courseId: string, lessonId: string) =>
  api.deleteLessonVideo(lesson(courseId, lessonId));
export const retryLessonVideo = (courseId: string, lessonId: string) =>
  api.retryLessonVideo(lesson(courseId, lessonId));
export const giveUpNextVersion = (courseId: string, lessonId: string) =>
  api.giveUpNextVersion(lesson(courseId, lessonId));

export const previewStateQuery = (courseId: string) =>
  queryOptions({
    queryKey: ["courses", "preview", courseId],
    queryFn: () => api.getPreviewState(course(courseId)),
    refetchInterval: ({ state }) =>
      [state.data?.current, state.data?.next].some(
        (one) => one?.status === "queued" || one?.status === "inprogress",
      )
        ? LOOK_AGAIN_MS
        : false,
  });
export const uploadPreview = (courseId: string, body: api.NewVideoFile) =>
  api.uploadPreview({ ...course(courseId), body });
export const notePreviewSent = (courseId: string) => api.notePreviewSent(course(courseId));
export const retryPreview = (courseId: string) => api.retryPreview(course(courseId));
export const deletePreview = (courseId: string) => api.deletePreview(course(courseId));

export const lessonTextQuery = (courseId: string, lessonId: string) =>
  queryOptions({
    queryKey: ["courses", "text", courseId, lessonId],
    queryFn: () => api.getLessonText(lesson(courseId, lessonId)),
  });
export const changeLessonText = (courseId: string, lessonId: string, body: api.LessonTextChange) =>
  api.changeLessonText({ ...lesson(courseId, lessonId), body });

export const quizQuery = (courseId: string, lessonId: string) =>
  queryOptions({
    queryKey: ["courses", "quiz", courseId, lessonId],
    queryFn: () => api.getQuiz(lesson(courseId, lessonId)) as Promise<Quiz>,
  });
export const changeQuiz = (courseId: string, lessonId: string, body: Quiz) =>
  api.changeQuiz({ ...lesson(courseId, lessonId), body }) as Promise<Quiz>;

export const enrolmentsQuery = (courseId: string) =>
  infiniteQueryOptions({
    queryKey: ["courses", "enrolments", courseId],
    queryFn: ({ pageParam }) =>
      api.listEnrolments({ ...course(courseId), query: { cursor: pageParam, limit: PAGE_SIZE } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
const enrolment = (courseId: string, userId: string) => ({
  path: { course_id: courseId, user_id: userId },
});
export const enrolPerson = (courseId: string, userId: string) =>
  api.enrolPerson(enrolment(courseId, userId));
export const endEnrolment = (courseId: string, userId: string) =>
  api.endEnrolment(enrolment(courseId, userId));

export const unfinishedVideosQuery = () =>
  infiniteQueryOptions({
    queryKey: ["courses", "unfinished"],
    queryFn: ({ pageParam }) =>
      api.listUnfinishedCourseVideos({ query: { cursor: pageParam, limit: PAGE_SIZE } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    refetchInterval: LOOK_AGAIN_MS,
  });

export async function refreshVideosOf(queries: QueryClient, courseId: string): Promise<void> {
  await Promise.all(
    ["videos", "preview"].map((what) =>
      queries.invalidateQueries({ queryKey: ["courses", what, courseId] }),
    ),
  );
}
