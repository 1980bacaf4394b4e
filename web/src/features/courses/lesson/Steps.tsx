import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { CourseLesson, CoursePage } from "@/api/types";
import { IconChevronLeft, IconChevronRight, IconLock } from "@/ui/icons";
import type { Place } from "../outline";
import classes from "./Lesson.module.css";

interface StepProps {
  slug: string;
  lesson: CourseLesson | undefined;
  isNext: boolean;
}

function Step({ slug, lesson, isNext }: StepProps) {
  const t = useTranslations("lesson");
  if (!lesson) return null;
  const name = t(isNext ? "nextOf" : "previousOf", { title: lesson.title });
  const look = {
    variant: isNext ? "filled" : "default",
    radius: "xl",
    px: 14,
    leftSection: isNext ? undefined : <IconChevronLeft size={18} />,
    rightSection: isNext ? (
      lesson.is_locked ? (
        <IconLock size={16} />
      ) : (
        <IconChevronRight size={18} />
      )
    ) : undefined,
  };
  if (lesson.is_locked) {
    return (
      <Button {...look} disabled title={t("nextLocked")} aria-label={name}>
        {t("next")}
      </Button>
    );
  }
  return (
    <Button
      {...look}
      aria-label={name}
      renderRoot={(props) => (
        <Link to="/courses/$slug/$lessonId" params={{ slug, lessonId: lesson.id }} {...props} />
      )}
    >
      {isNext ? t("next") : t("previous")}
    </Button>
  );
}

interface StepsProps {
  course: CoursePage;
  place: Place;
  /** What stands after the two. */
  children: ReactNode;
}

/** To the lesson before and to the one after. */
export function Steps({ course, place, children }: StepsProps) {
  const t = useTranslations("lesson");
  const { previous, next } = place;
  return (
    <nav className={classes.steps} aria-label={t("steps")}>
      <Step slug={course.slug} lesson={previous} isNext={false} />
      <Step slug={course.slug} lesson={next} isNext />
      {children}
      {next?.is_locked && <p>{t("nextLocked")}</p>}
    </nav>
  );
}
