import { Link } from "@tanstack/react-router";
import { memo, useId } from "react";
import { useTranslations } from "use-intl";
import type { CourseLesson, CoursePage, CourseSection } from "@/api/types";
import { formatClock } from "@/ui/format";
import { IconCircleCheckFilled, IconLock } from "@/ui/icons";
import { LessonIcon } from "./LessonIcon";
import classes from "./Outline.module.css";
import { accessOf, totalsOf } from "./outline";
import { useAmount } from "./useAmount";

type Course = Pick<CoursePage, "slug" | "is_enrolled" | "can_edit" | "sections">;

interface LessonRowProps {
  slug: string;
  lesson: CourseLesson;
  access: ReturnType<typeof accessOf>;
}

/** What there is to say of a lesson beside its title. */
function Notes({ lesson, access }: Pick<LessonRowProps, "lesson" | "access">) {
  const t = useTranslations("courses");
  return (
    <span className={classes.notes}>
      {access !== "open" && <span className="visually-hidden">{t(`access.${access}`)}</span>}
      {lesson.is_preview && access === "open" && !lesson.is_completed && (
        <span className={classes.free}>{t("preview")}</span>
      )}
      {!lesson.is_ready && <span>{t("notReady")}</span>}
      {lesson.duration_seconds !== null && (
        <span className="tabular">{formatClock(lesson.duration_seconds)}</span>
      )}
    </span>
  );
}

const LessonRow = memo(function LessonRow({ slug, lesson, access }: LessonRowProps) {
  const t = useTranslations("courses");
  const words = (
    <>
      <span className={classes.mark} data-done={lesson.is_completed || undefined}>
        {lesson.is_completed ? (
          <IconCircleCheckFilled size={20} aria-hidden />
        ) : access === "open" ? (
          <LessonIcon kind={lesson.kind} size={17} />
        ) : (
          <IconLock size={17} stroke={1.6} aria-hidden />
        )}
      </span>
      <span className={classes.title}>{lesson.title}</span>
      <span className="visually-hidden">
        {t(`kinds.${lesson.kind}`)}
        {lesson.is_completed && `, ${t("completed")}`}
      </span>
      <Notes lesson={lesson} access={access} />
    </>
  );
  return (
    <li>
      {access === "open" ? (
        <Link
          to="/courses/$slug/$lessonId"
          params={{ slug, lessonId: lesson.id }}
          className={classes.lesson}
          activeOptions={{ includeSearch: false }}
          // Two hundred of them: what the mouse goes over must not all be fetched.
          preload={false}
        >
          {words}
        </Link>
      ) : (
        <span className={classes.lesson} data-closed>
          {words}
        </span>
      )}
    </li>
  );
});

interface SectionProps {
  course: Course;
  section: CourseSection;
  heading: 2 | 3;
}

function Section({ course, section, heading }: SectionProps) {
  const t = useTranslations("courses");
  const amount = useAmount();
  const id = useId();
  const { done, count, duration } = totalsOf(section);
  const Heading = `h${heading}` as const;
  return (
    <section className={classes.section} aria-labelledby={id}>
      <header>
        <Heading id={id}>{section.title}</Heading>
        <p className="tabular">
          {course.is_enrolled ? t("doneOf", { done, count }) : amount(count, duration)}
        </p>
      </header>
      <ol>
        {section.lessons.map((lesson) => (
          <LessonRow
            key={lesson.id}
            slug={course.slug}
            lesson={lesson}
            access={accessOf(course, lesson)}
          />
        ))}
      </ol>
    </section>
  );
}

interface OutlineProps {
  course: Course;
  heading?: 2 | 3;
}

/** The curriculum: sections of lessons with their kinds, lengths and ticks. */
export function Outline({ course, heading = 3 }: OutlineProps) {
  return (
    <div className={classes.outline}>
      {course.sections.map((section) => (
        <Section key={section.id} course={course} section={section} heading={heading} />
      ))}
    </div>
  );
}
