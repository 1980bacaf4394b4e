import { Anchor, Button, Skeleton, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Fragment } from "react";
import { useTranslations } from "use-intl";
import { ApiError } from "@/api/client";
import type { CoursePage as Course } from "@/api/types";
import { Avatar } from "@/ui/Avatar";
import {
  IconDoorExit,
  IconLock,
  IconPencil,
  IconPlayerPlayFilled,
  IconRefresh,
  IconSchool,
} from "@/ui/icons";
import { ErrorMessage, Message } from "@/ui/Message";
import { usePageTitle } from "@/ui/page";
import { useFormats } from "@/ui/useFormats";
import { CourseProgress } from "./CourseCard";
import { CourseCertificate } from "./CourseCertificate";
import classes from "./CoursePage.module.css";
import { Outline } from "./Outline";
import { placeOf } from "./outline";
import { Preview } from "./Preview";
import { courseQuery } from "./queries";
import { useAmount } from "./useAmount";
import { useEnrol, useLeave } from "./useEnrolment";

function Instructors({ course }: { course: Course }) {
  const t = useTranslations("courses");
  const people = [...(course.instructor ? [course.instructor] : []), ...course.co_instructors];
  const [first] = people;
  if (!first) return null;
  return (
    <p className={classes.people}>
      <Avatar person={first} size={32} />
      <span>
        {t("by")}{" "}
        {people.map((person, at) => (
          <Fragment key={person.id}>
            {at > 0 && ", "}
            <Link to="/people/$username" params={{ username: person.username }}>
              {person.display_name}
            </Link>
          </Fragment>
        ))}
      </span>
    </p>
  );
}

function Facts({ course }: { course: Course }) {
  const t = useTranslations("courses");
  const amount = useAmount();
  const { day } = useFormats();
  return (
    <p className={classes.facts}>
      <span>{amount(course.lesson_count, course.duration_seconds)}</span>
      {course.category && (
        <Anchor component={Link} to={`/category/${course.category.slug}`} inherit>
          {course.category.name}
        </Anchor>
      )}
      {course.order_locked && (
        <span>
          <IconLock size={15} aria-hidden /> {t("inOrder")}
        </span>
      )}
      {course.enrolled_at && <span>{t("since", { day: day(course.enrolled_at) })}</span>}
      {!course.published && <b>{t("draft")}</b>}
    </p>
  );
}

/** The way into the lesson where one stopped, at the second that the player knows. */
function Resume({ course }: { course: Course }) {
  const t = useTranslations("courses");
  const { resume, percent } = course;
  const place = resume && placeOf(course, resume.lesson_id);
  if (!resume || !place) return null;
  const isDone = percent === 100;
  const isNew = course.completed_count === 0 && resume.at_seconds === 0;
  return (
    <>
      <Button
        size="md"
        radius="xl"
        leftSection={isDone ? <IconRefresh size={18} /> : <IconPlayerPlayFilled size={18} />}
        renderRoot={(props) => (
          <Link
            to="/courses/$slug/$lessonId"
            params={{ slug: course.slug, lessonId: resume.lesson_id }}
            {...props}
          />
        )}
      >
        {isDone ? t("again") : isNew ? t("start") : t("resume")}
      </Button>
      {!isDone && (
        <p className={classes.upNext}>
          {t("upNext", { number: place.number, title: place.lesson.title })}
        </p>
      )}
    </>
  );
}

function Actions({ course }: { course: Course }) {
  const t = useTranslations("courses");
  const enrol = useEnrol(course);
  const leave = useLeave(course);
  if (!course.is_enrolled) {
    return (
      <div className={classes.actions}>
        <Button size="md" radius="xl" loading={enrol.isPending} onClick={() => enrol.mutate()}>
          {t("enrol")}
        </Button>
        <p className={classes.upNext}>{t("enrolHint")}</p>
      </div>
    );
  }
  return (
    <>
      {course.percent !== null && <CourseProgress percent={course.percent} title={course.title} />}
      <div className={classes.actions}>
        <Resume course={course} />
        <Button
          variant="subtle"
          color="gray"
          radius="xl"
          leftSection={<IconDoorExit size={18} />}
          onClick={() => void leave()}
        >
          {t("leave")}
        </Button>
      </div>
    </>
  );
}

function Loading() {
  const t = useTranslations("common");
  return (
    <div className={classes.head} role="status" aria-label={t("loading")}>
      <div>
        <Skeleton h={34} w="70%" radius="xl" />
        <Skeleton h={16} w="40%" mt={16} radius="xl" />
        <Skeleton h={44} w={180} mt={24} radius="xl" />
      </div>
      <Skeleton radius={16} style={{ aspectRatio: "16 / 9", height: "auto" }} />
    </div>
  );
}

export function UnknownCourse() {
  const t = useTranslations("courses");
  return (
    <Message
      icon={IconSchool}
      title={t("unknown")}
      heading={1}
      actions={
        <Button component={Link} to="/courses">
          {t("toCourses")}
        </Button>
      }
    >
      {t("unknownHint")}
    </Message>
  );
}

function EditLink({ slug }: { slug: string }) {
  const t = useTranslations("authoring");
  return (
    <Button
      variant="default"
      radius="xl"
      style={{ justifySelf: "start" }}
      leftSection={<IconPencil size={18} />}
      renderRoot={(props) => <Link to="/courses/$slug/edit" params={{ slug }} {...props} />}
    >
      {t("edit")}
    </Button>
  );
}

/** What a course is about, what it holds, and how far one is. */
export function CoursePage({ slug }: { slug: string }) {
  const t = useTranslations("courses");
  const { data: course, error, refetch } = useQuery(courseQuery(slug));
  const isUnknown = error instanceof ApiError && error.status === 404;
  usePageTitle(isUnknown ? t("unknown") : course?.title);
  if (isUnknown) return <UnknownCourse />;
  if (error && !course) {
    return <ErrorMessage error={error} heading={1} onRetry={() => void refetch()} />;
  }
  if (!course) return <Loading />;
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <div className={classes.words}>
          <Title order={1}>{course.title}</Title>
          <Instructors course={course} />
          <Facts course={course} />
          <Actions course={course} />
          <CourseCertificate course={course} />
          {course.can_edit && <EditLink slug={course.slug} />}
        </div>
        <Preview course={course} />
      </header>
      {course.description && (
        <section className={classes.about} aria-label={t("about")}>
          <Title order={2}>{t("about")}</Title>
          <p>{course.description}</p>
        </section>
      )}
      <section aria-label={t("content")}>
        <Title order={2} mb={14}>
          {t("content")}
        </Title>
        {course.lesson_count > 0 ? (
          <Outline course={course} />
        ) : (
          <Message icon={IconSchool} title={t("noLessons")} heading={3}>
            {t("noLessonsHint")}
          </Message>
        )}
      </section>
    </div>
  );
}
