import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { CoursePage } from "@/api/types";
import { useConfirm } from "@/ui/Confirm";
import { useErrorText } from "@/ui/errors";
import { toast, toastError } from "@/ui/toasts";
import { enrol, leaveCourse, refreshCourses, takeUpCourse } from "./queries";

/** Takes a course; it is at hand once that has worked. */
export function useEnrol({ id, title }: CoursePage) {
  const t = useTranslations("courses");
  const text = useErrorText();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => enrol(id),
    onSuccess: async (course) => {
      toast(t("enrolled", { title }));
      await takeUpCourse(queries, course);
    },
    onError: (error) => toastError(text(error)),
  });
}

/** Stops taking a course, once one has said so twice. */
export function useLeave({ id, title }: CoursePage): () => Promise<void> {
  const t = useTranslations("courses");
  const text = useErrorText();
  const confirm = useConfirm();
  const queries = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: () => leaveCourse(id),
    onSuccess: () => {
      toast(t("left", { title }));
      return refreshCourses(queries);
    },
    onError: (error) => toastError(text(error)),
  });
  return async () => {
    const question = {
      title: t("leaveTitle"),
      text: t("leaveText", { title }),
      action: t("leave"),
    };
    if (await confirm(question)) mutate();
  };
}
