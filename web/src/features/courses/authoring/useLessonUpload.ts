import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import type { CoursePage, Lesson } from "@/api/types";
import type { UploadItem, UploadTarget } from "@/features/uploads/queue";
import { uploads } from "@/features/uploads/uploads";
import { useFilePicker } from "@/features/uploads/useFilePicker";
import { refreshVideosOf } from "./queries";
import { lessonTarget, previewTarget } from "./targets";

const useItem = (key: string): UploadItem | undefined =>
  useSyncExternalStore(uploads.subscribe, () =>
    uploads.snapshot().find(({ target }) => target?.key === key),
  );

/** The file on its way to a place of a course, and the ways to send one there. */
function useTargetUpload(target: UploadTarget, courseId: string) {
  const queries = useQueryClient();
  const pick = useFilePicker();
  const item = useItem(target.key);
  const state = item?.state;
  useEffect(() => {
    if (state === "sent") void refreshVideosOf(queries, courseId);
  }, [state, queries, courseId]);
  const send = ([file]: File[]) => {
    if (file) uploads.addTo(target, file);
  };
  return { item, send, choose: () => pick({ multiple: false, onFiles: send }) };
}

export type TargetUpload = ReturnType<typeof useTargetUpload>;

export function useLessonUpload(course: CoursePage, lesson: Lesson): TargetUpload {
  const queries = useQueryClient();
  return useTargetUpload(lessonTarget(queries, course, lesson), course.id);
}

export function usePreviewUpload(course: CoursePage): TargetUpload {
  const queries = useQueryClient();
  return useTargetUpload(previewTarget(queries, course), course.id);
}

export const isOnItsWay = (item: UploadItem | undefined): item is UploadItem =>
  item !== undefined && item.state !== "sent";
