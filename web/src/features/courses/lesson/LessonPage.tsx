import { Button, Skeleton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { ApiError } from "@/api/client";
import type { CoursePage } from "@/api/types";
import { nowPlaying } from "@/features/engagement/nowPlaying";
import { TranscriptPanel } from "@/features/engagement/transcript/TranscriptPanel";
import { meQuery } from "@/features/identity/queries";
import { IconClock, IconLock, IconSchool } from "@/ui/icons";
import { ErrorMessage, Message } from "@/ui/Message";
import { usePageTitle } from "@/ui/page";
import { UnknownCourse } from "../CoursePage";
import { accessOf, firstOpen, type Place, placeOf } from "../outline";
import { courseQuery, lessonPlaybackQuery } from "../queries";
import { useEnrol } from "../useEnrolment";
import { Discuss } from "./Discuss";
import { Finished } from "./Finished";
import classes from "./Lesson.module.css";
import { LessonPlayer } from "./LessonPlayer";
import { LessonText, LessonWords } from "./LessonText";
import { Notes } from "./Notes";
import { OutlinePanel, OutlineSheet } from "./OutlinePanel";
import { Quiz } from "./Quiz";
import { Steps } from "./Steps";

/** As in the style sheet: what stands beside the lesson, or else in a sheet. */
const HAS_SIDE = "(min-width: 1100px)";
/** There is no event for learners when a video becomes ready. */
const LOOK_AGAIN_MS = 15_000;

interface LessonProps {
  course: CoursePage;
  place: Place;
}

function ToCourse({ slug }: { slug: string }) {
  const t = useTranslations("lesson");
  return (
    <Button
      variant="default"
      renderRoot={(props) => <Link to="/courses/$slug" params={{ slug }} {...props} />}
    >
      {t("toCourse")}
    </Button>
  );
}

function NotEnrolled({ course }: { course: CoursePage }) {
  const t = useTranslations("lesson");
  const courses = useTranslations("courses");
  const enrol = useEnrol(course);
  return (
    <Message
      icon={IconSchool}
      title={t("notEnrolled")}
      actions={
        <>
          <Button loading={enrol.isPending} onClick={() => enrol.mutate()}>
            {courses("enrol")}
          </Button>
          <ToCourse slug={course.slug} />
        </>
      }
    >
      {t("notEnrolledHint", { title: course.title })}
    </Message>
  );
}

function Locked({ course }: { course: CoursePage }) {
  const t = useTranslations("lesson");
  const first = firstOpen(course);
  return (
    <Message
      icon={IconLock}
      title={t("locked")}
      actions={
        first && (
          <Button
            renderRoot={(props) => (
              <Link
                to="/courses/$slug/$lessonId"
                params={{ slug: course.slug, lessonId: first.id }}
                {...props}
              />
            )}
          >
            {t("toFirst")}
          </Button>
        )
      }
    >
      {first ? t("lockedHint", { title: first.title }) : t("lockedBefore")}
    </Message>
  );
}

interface VideoProps extends LessonProps {
  moment: number | undefined;
}

/** The place of the picture: the player, or a friendly word on why there is none yet. */
function Video({ course, place, moment }: VideoProps) {
  const t = useTranslations("lesson");
  const { lesson, next } = place;
  // A page has one player: what plays on from elsewhere makes room.
  useEffect(() => nowPlaying.close(), []);
  useQuery({
    ...courseQuery(course.slug),
    refetchInterval: lesson.is_ready ? false : LOOK_AGAIN_MS,
  });
  return (
    <div className={classes.stage} data-stage>
      {lesson.is_ready ? (
        <LessonPlayer course={course} lesson={lesson} next={next} moment={moment} />
      ) : (
        <div className={classes.word} role="status">
          <IconClock size={44} stroke={1.4} />
          <h2>{t("notReady")}</h2>
          <p>{t("notReadyHint")}</p>
        </div>
      )}
    </div>
  );
}

function Transcript({ course, place }: LessonProps) {
  // The player asks; this only listens.
  const { data } = useQuery({ ...lessonPlaybackQuery(course.id, place.lesson.id), enabled: false });
  return <TranscriptPanel playback={data} isOpenAtFirst={false} />;
}

function Content({ course, place }: LessonProps) {
  const { lesson } = place;
  if (lesson.kind === "video") return <LessonWords course={course} lesson={lesson} />;
  if (lesson.kind === "text") return <LessonText course={course} lesson={lesson} />;
  return (
    <>
      <LessonWords course={course} lesson={lesson} />
      <Quiz course={course} lesson={lesson} />
    </>
  );
}

function Title({ course, place }: LessonProps) {
  const t = useTranslations("lesson");
  return (
    <header className={classes.title}>
      <p>
        <Link to="/courses/$slug" params={{ slug: course.slug }}>
          {course.title}
        </Link>
        <span> · {place.section.title}</span>
      </p>
      <h1>{place.lesson.title}</h1>
      <p className="tabular">
        {t("numberOf", { number: place.number, count: course.lesson_count })}
        {place.lesson.is_completed && <b> · {t("completed")}</b>}
      </p>
    </header>
  );
}

/** A lesson that one may take. */
function Lesson({ course, place, moment }: VideoProps) {
  const hasSide = useMediaQuery(HAS_SIDE, false, { getInitialValueInEffect: false });
  const { data: me } = useQuery(meQuery());
  const { lesson } = place;
  const isVideo = lesson.kind === "video";
  return (
    <div className={classes.page}>
      <article>
        {isVideo && <Video course={course} place={place} moment={moment} />}
        <Title course={course} place={place} />
        <Steps course={course} place={place}>
          {!hasSide && <OutlineSheet course={course} place={place} />}
        </Steps>
        <Finished course={course} />
        <div key={lesson.id}>
          {isVideo && !hasSide && <Transcript course={course} place={place} />}
          <Content course={course} place={place} />
          {(course.is_enrolled || course.can_edit) && (
            <Discuss courseId={course.id} lessonId={lesson.id} />
          )}
          {me && <Notes courseId={course.id} lessonId={lesson.id} me={me} />}
        </div>
      </article>
      {hasSide && (
        <div>
          <OutlinePanel course={course} place={place} />
          {isVideo && <Transcript key={lesson.id} course={course} place={place} />}
        </div>
      )}
    </div>
  );
}

function Loading() {
  const t = useTranslations("common");
  return (
    <div className={classes.page} role="status" aria-label={t("loading")}>
      <div>
        <div className={classes.stage} />
        <Skeleton h={26} w="60%" mt={18} radius="xl" />
        <Skeleton h={14} w="30%" mt={12} radius="xl" />
      </div>
    </div>
  );
}

interface LessonPageProps {
  slug: string;
  lessonId: string;
  moment: number | undefined;
}

export function LessonPage({ slug, lessonId, moment }: LessonPageProps) {
  const t = useTranslations("lesson");
  const { data: course, error, refetch } = useQuery(courseQuery(slug));
  const place = course && placeOf(course, lessonId);
  const isUnknown = error instanceof ApiError && error.status === 404;
  usePageTitle(course ? (place?.lesson.title ?? t("unknown")) : undefined);
  if (isUnknown) return <UnknownCourse />;
  if (error && !course) {
    return <ErrorMessage error={error} heading={1} onRetry={() => void refetch()} />;
  }
  if (!course) return <Loading />;
  if (!place) {
    return (
      <Message
        icon={IconSchool}
        title={t("unknown")}
        heading={1}
        actions={<ToCourse slug={slug} />}
      >
        {t("unknownHint")}
      </Message>
    );
  }
  const access = accessOf(course, place.lesson);
  if (access === "open") return <Lesson course={course} place={place} moment={moment} />;
  return (
    <>
      <Title course={course} place={place} />
      {access === "locked" ? <Locked course={course} /> : <NotEnrolled course={course} />}
    </>
  );
}
