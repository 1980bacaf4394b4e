/** Where the files of a course go: into a lesson, or before everybody as its preview. */
import type { QueryClient } from "@tanstack/react-query";
import type { UploadLook } from "@/api/gen";
import type { CoursePage, Lesson } from "@/api/types";
import type { UploadTarget } from "@/features/uploads/queue";
import { forgetUpload, keepUpload, keptUpload } from "./kept";
import {
  courseVideosQuery,
  deleteLessonVideo,
  deletePreview,
  giveUpNextVersion,
  noteLessonVideoSent,
  notePreviewSent,
  previewStateQuery,
  refreshVideosOf,
  uploadLessonVideo,
  uploadPreview,
} from "./queries";

interface Waiting {
  asset_id: string;
  status: string;
  filename: string;
  upload: UploadLook | null;
}

/** Bytes of it are missing, and only this browser knows where they go. */
const keptOf = (one: Waiting | null | undefined) =>
  one?.status === "queued" ? keptUpload(one.asset_id) : null;

/** The address where the same file was going before, which needs only what is missing. */
export function addressOfSame(
  waiting: readonly (Waiting | null | undefined)[],
  file: Pick<File, "name" | "size">,
): string | null {
  const same = waiting.find(
    (one) => one?.upload && one.filename === file.name && one.upload.size_bytes === file.size,
  );
  const kept = waiting
    .map(keptOf)
    .find((one) => one?.filename === file.name && one.size === file.size);
  return same?.upload?.url ?? kept?.url ?? null;
}

type Course = Pick<CoursePage, "id" | "slug" | "title">;

export const lessonKey = (courseId: string, lessonId: string) => `lesson ${courseId} ${lessonId}`;

export function lessonTarget(
  queries: QueryClient,
  course: Course,
  { id, title }: Pick<Lesson, "id" | "title">,
): UploadTarget {
  const find = async () => {
    const list = await queries.fetchQuery({ ...courseVideosQuery(course.id), staleTime: 0 });
    return list.items.find(({ lesson_id }) => lesson_id === id);
  };
  return {
    key: lessonKey(course.id, id),
    title,
    href: `/courses/${course.slug}/edit/lessons/${encodeURIComponent(id)}`,
    create: async (file) => {
      const video = await find();
      const known = addressOfSame([video?.next_version, video], file);
      if (known) return known;
      const body = { filename: file.name, size_bytes: file.size };
      const { upload, video: made } = await uploadLessonVideo(course.id, id, body);
      const { asset_id } = made.next_version ?? made;
      if (!upload.upload_id) keepUpload(asset_id, upload.url, file);
      await refreshVideosOf(queries, course.id);
      return upload.url;
    },
    noteSent: (url) => {
      forgetUpload(url);
      return noteLessonVideoSent(course.id, id);
    },
    discard: async () => {
      const video = await find();
      if (video?.next_version) await giveUpNextVersion(course.id, id);
      else if (video && !video.is_playable) await deleteLessonVideo(course.id, id);
      await refreshVideosOf(queries, course.id);
    },
  };
}

export const previewKey = (courseId: string) => `preview ${courseId}`;

export function previewTarget(queries: QueryClient, course: Course): UploadTarget {
  const find = () => queries.fetchQuery({ ...previewStateQuery(course.id), staleTime: 0 });
  return {
    key: previewKey(course.id),
    title: course.title,
    href: `/courses/${course.slug}/edit/details`,
    create: async (file) => {
      const { next, current } = await find();
      const known = addressOfSame([next, current], file);
      if (known) return known;
      const { upload, preview } = await uploadPreview(course.id, {
        filename: file.name,
        size_bytes: file.size,
      });
      const made = preview.next ?? preview.current;
      if (made && !upload.upload_id) keepUpload(made.asset_id, upload.url, file);
      await refreshVideosOf(queries, course.id);
      return upload.url;
    },
    noteSent: (url) => {
      forgetUpload(url);
      return notePreviewSent(course.id);
    },
    discard: async () => {
      const { next, current } = await find();
      // There is no giving up of a newer preview alone: the one that plays is not thrown away.
      if (!next && current && current.status !== "ready") await deletePreview(course.id);
      await refreshVideosOf(queries, course.id);
    },
  };
}
