import { Loader } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import type { CoursePage } from "@/api/types";
import { nowPlaying } from "@/features/engagement/nowPlaying";
import {
  addressOf,
  useCaptionTexts,
  useRenewal,
  useStoryboard,
} from "@/features/engagement/usePlayback";
import { useErrorText } from "@/ui/errors";
import { formatClock } from "@/ui/format";
import { IconPlayerPlayFilled } from "@/ui/icons";
import { CoursePicture } from "./CourseCard";
import classes from "./CoursePage.module.css";
import { previewPlaybackQuery } from "./queries";

const VideoPlayer = lazy(() =>
  import("@/player/VideoPlayer").then((module) => ({ default: module.VideoPlayer })),
);

const WIDE = 16 / 9;
const nothing = () => undefined;

function Playing({ course }: { course: CoursePage }) {
  const text = useErrorText();
  const queries = useQueryClient();
  const query = useQuery(previewPlaybackQuery(course.id));
  useRenewal(query);
  useEffect(() => nowPlaying.close(), []);
  const { data: playback, error } = query;
  const captions = useCaptionTexts(playback);
  const storyboard = useStoryboard(playback);
  if (error && !playback) {
    return (
      <p className={classes.cannotPlay} role="alert">
        {text(error)}
      </p>
    );
  }
  if (!playback) return <Loader className={classes.loader} />;
  return (
    <Suspense fallback={<Loader className={classes.loader} />}>
      <VideoPlayer
        title={course.title}
        media={course.id}
        src={addressOf(playback)}
        poster={playback.poster_url}
        captions={captions}
        storyboard={storyboard}
        moments={[]}
        startAt={0}
        duration={playback.final ? null : playback.duration_seconds}
        aspect={WIDE}
        isSmall={false}
        onTime={nothing}
        onJump={nothing}
        onPlay={nothing}
        onPause={nothing}
        onEnded={nothing}
        onStale={() => {
          const { queryKey } = previewPlaybackQuery(course.id);
          void queries.invalidateQueries({ queryKey });
        }}
      />
    </Suspense>
  );
}

/** The picture of a course; its preview plays in its place when somebody asks for it. */
export function Preview({ course }: { course: CoursePage }) {
  const t = useTranslations("courses");
  const [isPlaying, setPlaying] = useState(false);
  const { preview } = course;
  if (isPlaying) {
    return (
      <div className={classes.player}>
        <Playing course={course} />
      </div>
    );
  }
  return (
    <div className={classes.preview}>
      <CoursePicture url={course.preview_thumbnail_url} eager />
      {preview?.is_playable && (
        <button type="button" className={classes.play} onClick={() => setPlaying(true)}>
          <i>
            <IconPlayerPlayFilled size={26} />
          </i>
          <span>
            {t("watchPreview")}
            {preview.duration_seconds !== null && (
              <b className="tabular">{formatClock(preview.duration_seconds)}</b>
            )}
          </span>
        </button>
      )}
    </div>
  );
}
