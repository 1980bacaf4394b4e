import { Button } from "@mantine/core";
import { useRouterState } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { CoursePage } from "@/api/types";
import { Dialog } from "@/ui/Dialog";
import { IconListDetails } from "@/ui/icons";
import { CourseProgress } from "../CourseCard";
import { Outline } from "../Outline";
import type { Place } from "../outline";
import classes from "./Lesson.module.css";

interface OutlineProps {
  course: CoursePage;
  place: Place;
}

/** Brings the lesson that is open into view; only the list moves, never the page. */
function useCurrentInView(lessonId: string) {
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another lesson is another place.
  useEffect(() => {
    const current = list.current?.querySelector("[aria-current]");
    if (!list.current || !current) return;
    const { top, height } = current.getBoundingClientRect();
    const frame = list.current.getBoundingClientRect();
    const isSeen = top >= frame.top && top + height <= frame.bottom;
    if (!isSeen) list.current.scrollTop += top - frame.top - frame.height / 3;
  }, [lessonId]);
  return list;
}

function Progress({ course }: { course: CoursePage }) {
  if (course.percent === null) return null;
  return <CourseProgress percent={course.percent} title={course.title} />;
}

/** The whole course beside its lesson. */
export function OutlinePanel({ course, place }: OutlineProps) {
  const t = useTranslations("lesson");
  const list = useCurrentInView(place.lesson.id);
  return (
    <section className={classes.panel} aria-label={t("outline")}>
      <header>
        <h2>{t("outline")}</h2>
        <Progress course={course} />
      </header>
      <div ref={list} className={classes.list}>
        <Outline course={course} />
      </div>
    </section>
  );
}

/** The same where there is no room beside the lesson: a sheet, closed again by going somewhere. */
export function OutlineSheet({ course, place }: OutlineProps) {
  const t = useTranslations("lesson");
  const [openedAt, setOpenedAt] = useState<string | null>(null);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  return (
    <>
      <Button
        variant="default"
        radius="xl"
        px={14}
        leftSection={<IconListDetails size={18} />}
        aria-haspopup="dialog"
        onClick={() => setOpenedAt(path)}
      >
        {t("outline")}
      </Button>
      {openedAt === path && (
        <Dialog title={t("outline")} size="lg" onClose={() => setOpenedAt(null)}>
          <Progress course={course} />
          <SheetList course={course} place={place} />
        </Dialog>
      )}
    </>
  );
}

function SheetList({ course, place }: OutlineProps) {
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only where one begins to look.
  useEffect(() => {
    list.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "center" });
  }, [place.lesson.id]);
  return (
    <div ref={list} className={classes.sheet}>
      <Outline course={course} />
    </div>
  );
}
