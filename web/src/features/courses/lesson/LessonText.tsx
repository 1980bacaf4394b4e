import { Button, Skeleton } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { useTranslations } from "use-intl";
import type { CourseLesson, CoursePage } from "@/api/types";
import { useErrorText } from "@/ui/errors";
import { IconCheck, IconCircleCheckFilled, IconFileText } from "@/ui/icons";
import { ErrorMessage, Message } from "@/ui/Message";
import { toastError } from "@/ui/toasts";
import { lessonQuery, markRead, takeUpStanding } from "../queries";
import classes from "./Lesson.module.css";

const Markdown = lazy(() => import("@/ui/Markdown"));

interface LessonProps {
  course: CoursePage;
  lesson: CourseLesson;
}

const LINES = ["92%", "100%", "86%", "97%", "64%"];

function Loading() {
  const t = useTranslations("common");
  return (
    <div role="status" aria-label={t("loading")}>
      {LINES.map((width) => (
        <Skeleton key={width} h={15} w={width} maw="46rem" mb={14} radius="xl" />
      ))}
    </div>
  );
}

function MarkRead({ course, lesson }: LessonProps) {
  const t = useTranslations("lesson");
  const text = useErrorText();
  const queries = useQueryClient();
  const mark = useMutation({
    mutationFn: () => markRead(course.id, lesson.id),
    onSuccess: (standing) => takeUpStanding(queries, course.slug, standing),
    onError: (error) => toastError(text(error)),
  });
  if (lesson.is_completed) {
    return (
      <p className={classes.done}>
        <IconCircleCheckFilled size={20} aria-hidden /> {t("read")}
      </p>
    );
  }
  return (
    <Button
      mt="lg"
      radius="xl"
      leftSection={<IconCheck size={18} />}
      loading={mark.isPending}
      onClick={() => mark.mutate()}
    >
      {t("markRead")}
    </Button>
  );
}

/** A lesson that is read; one says oneself when that is done. */
export function LessonText({ course, lesson }: LessonProps) {
  const t = useTranslations("lesson");
  const { data, error, refetch } = useQuery(lessonQuery(course.id, lesson.id));
  if (error && !data) return <ErrorMessage error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  if (!data.text) {
    return (
      <Message icon={IconFileText} title={t("nothingYet")}>
        {t("nothingYetHint")}
      </Message>
    );
  }
  return (
    <>
      <Suspense fallback={<Loading />}>
        <Markdown text={data.text} />
      </Suspense>
      {course.is_enrolled && <MarkRead course={course} lesson={lesson} />}
    </>
  );
}

/** What stands below a video or a quiz, where its author has written something. */
export function LessonWords({ course, lesson }: LessonProps) {
  const { data } = useQuery(lessonQuery(course.id, lesson.id));
  const words = data?.text || data?.video?.description;
  if (!words) return null;
  return (
    <div className={classes.words}>
      <Suspense>
        <Markdown text={words} />
      </Suspense>
    </div>
  );
}
