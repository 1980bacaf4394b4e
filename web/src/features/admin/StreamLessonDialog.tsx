import { Button, Group, Select, Stack } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { courseQuery } from "@/features/courses/queries";
import { Dialog } from "@/ui/Dialog";
import { useErrorText } from "@/ui/errors";
import { FormError } from "@/ui/FormError";
import { toast } from "@/ui/toasts";
import { everyCourseQuery, putIntoLesson } from "./queries";

interface StreamLessonDialogProps {
  uid: string;
  title: string;
  onClose: () => void;
}

/** Asks which lesson a video of the Stream API is to be the video of. */
export function StreamLessonDialog({ uid, title, onClose }: StreamLessonDialogProps) {
  const t = useTranslations("admin.streamVideos");
  const common = useTranslations("common");
  const text = useErrorText();
  const [slug, setSlug] = useState<string | null>(null);
  const [lessonId, setLessonId] = useState<string | null>(null);
  const courses = useQuery(everyCourseQuery());
  const course = useQuery({ ...courseQuery(slug ?? ""), enabled: slug !== null });
  const lessons = course.data?.sections
    .flatMap((section) => section.lessons)
    .filter(({ kind }) => kind === "video");
  const put = useMutation({
    mutationFn: (body: { course_id: string; lesson_id: string }) => putIntoLesson(uid, body),
    onSuccess: () => {
      toast(t("inLesson", { title }));
      onClose();
    },
  });
  const error = courses.error ?? course.error ?? put.error;
  return (
    <Dialog title={t("toLessonOf", { title })} onClose={onClose}>
      <Stack>
        <Select
          label={t("course")}
          searchable
          data={courses.data?.map((one) => ({ value: one.slug, label: one.title })) ?? []}
          value={slug}
          onChange={(value) => {
            setSlug(value);
            setLessonId(null);
          }}
        />
        <Select
          label={t("lesson")}
          searchable
          disabled={!lessons}
          error={lessons?.length === 0 && t("noLessons")}
          data={lessons?.map((one) => ({ value: one.id, label: one.title })) ?? []}
          value={lessonId}
          onChange={setLessonId}
        />
        <FormError text={error && text(error)} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button
            disabled={!course.data || lessonId === null}
            loading={put.isPending}
            onClick={() =>
              course.data &&
              lessonId !== null &&
              put.mutate({ course_id: course.data.id, lesson_id: lessonId })
            }
          >
            {t("put")}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
