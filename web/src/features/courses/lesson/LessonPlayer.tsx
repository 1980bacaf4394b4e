import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useState } from "react";
import type { CourseLesson, CoursePage, LessonPlayback } from "@/api/types";
import { lessonTarget } from "@/features/engagement/queries";
import { Resumed } from "@/features/engagement/Resumed";
import { useKeyList } from "@/features/engagement/useKeyList";
import {
  addressOf,
  useCaptionTexts,
  useRenewal,
  useStoryboard,
} from "@/features/engagement/usePlayback";
import { useProgressReports } from "@/features/engagement/useProgressReports";
import { Waiting } from "@/features/engagement/Waiting";
import { playhead } from "@/player/playhead";
import { useErrorText } from "@/ui/errors";
import { lessonPlaybackQuery, takeUpStanding } from "../queries";
import classes from "./Lesson.module.css";
import { NextLesson } from "./NextLesson";
import { useNotedMoments } from "./useNotes";
import { usePreload } from "./usePreload";

const VideoPlayer = lazy(() =>
  import("@/player/VideoPlayer").then((module) => ({ default: module.VideoPlayer })),
);
const KeyList = lazy(() => import("@/features/engagement/KeyList"));

const WIDE = 16 / 9;

interface Shown {
  lesson: CourseLesson;
  playback: LessonPlayback;
  /** Decided once; later answers tell where one is by now. */
  startAt: number;
  isResumed: boolean;
}

interface LessonPlayerProps {
  course: CoursePage;
  lesson: CourseLesson;
  next: CourseLesson | undefined;
  /** The second that the address names. */
  moment: number | undefined;
}

/** What the player has: the last lesson stays until the addresses of the next one are there. */
function useShown({ course, lesson, moment }: LessonPlayerProps) {
  const query = useQuery(lessonPlaybackQuery(course.id, lesson.id));
  useRenewal(query);
  const { data: playback, error } = query;
  const [shown, setShown] = useState<Shown | null>(null);
  const isOther = shown?.lesson.id !== lesson.id;
  useEffect(() => {
    if (isOther) playhead.pause();
  }, [isOther]);
  if (playback && (isOther || shown?.playback !== playback)) {
    const startAt = moment ?? playback.resume_at;
    const isResumed = moment === undefined && startAt > 0;
    const start = isOther || !shown ? { startAt, isResumed } : shown;
    setShown({ ...start, lesson, playback });
  }
  return { shown, error: playback ? null : error };
}

interface PlayingProps extends LessonPlayerProps {
  shown: Shown;
}

function Playing({ course, lesson, next, shown }: PlayingProps) {
  const queries = useQueryClient();
  const { playback, startAt, isResumed } = shown;
  const { id, title } = shown.lesson;
  const captions = useCaptionTexts(playback);
  const storyboard = useStoryboard(playback);
  const moments = useNotedMoments(course.id, id);
  const duration = playback.duration_seconds ?? shown.lesson.duration_seconds;
  const { onTime, onJump, onPause } = useProgressReports({
    target: course.is_enrolled ? lessonTarget(course.id, id) : null,
    duration,
    shownBy: "courses",
    onStanding: (standing) => void takeUpStanding(queries, course.slug, standing),
  });
  const keyList = useKeyList(true);
  const [endedId, setEndedId] = useState<string | null>(null);
  usePreload(course.id, next, duration);
  return (
    <>
      <VideoPlayer
        title={title}
        media={id}
        src={addressOf(playback)}
        poster={playback.poster_url}
        captions={captions}
        storyboard={storyboard}
        moments={moments}
        startAt={startAt}
        duration={playback.final ? null : duration}
        aspect={WIDE}
        isSmall={false}
        onKeyList={keyList.open}
        onTime={onTime}
        onJump={(seconds) => {
          onJump(seconds);
          setEndedId(null);
        }}
        onPlay={() => setEndedId(null)}
        onPause={onPause}
        onEnded={() => {
          onPause();
          setEndedId(id);
        }}
        onStale={() => {
          const { queryKey } = lessonPlaybackQuery(course.id, id);
          void queries.invalidateQueries({ queryKey });
        }}
      />
      {keyList.isOpen && (
        <Suspense>
          <KeyList onClose={keyList.close} />
        </Suspense>
      )}
      {isResumed && <Resumed key={id} at={startAt} />}
      {lesson.id !== id && <Waiting poster={null} />}
      {endedId === id && lesson.id === id && next && <NextLesson slug={course.slug} next={next} />}
    </>
  );
}

/** Plays the video of a lesson. One and the same for all of a course: full screen lasts. */
export function LessonPlayer(props: LessonPlayerProps) {
  const text = useErrorText();
  const { shown, error } = useShown(props);
  if (error) {
    return (
      <div className={classes.word} role="alert">
        <p>{text(error)}</p>
      </div>
    );
  }
  if (!shown) return <Waiting poster={props.course.preview_thumbnail_url} />;
  return (
    <Suspense fallback={<Waiting poster={shown.playback.poster_url} />}>
      <Playing {...props} shown={shown} />
    </Suspense>
  );
}
