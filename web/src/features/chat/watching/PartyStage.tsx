import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import type { Me, Party, Playback, Video } from "@/api/types";
import { aspectOf } from "@/features/engagement/aspect";
import { useMoments } from "@/features/engagement/comments/useMoments";
import { nowPlaying } from "@/features/engagement/nowPlaying";
import { useKeyList } from "@/features/engagement/useKeyList";
import { useCaptionTexts, usePlayback, useStoryboard } from "@/features/engagement/usePlayback";
import { useProgressReports } from "@/features/engagement/useProgressReports";
import { videoQuery } from "@/features/library/queries";
import { pauseAll } from "@/player/oneVoice";
import { VideoPlayer } from "@/player/VideoPlayer";
import { useConfirm } from "@/ui/Confirm";
import { useErrorText } from "@/ui/errors";
import { formatClock } from "@/ui/format";
import { IconVolume } from "@/ui/icons";
import { toastError } from "@/ui/toasts";
import { Faces } from "./Faces";
import { courseOf } from "./helm";
import { part } from "./joined";
import classes from "./Party.module.css";
import { endParty, refetchParty } from "./queries";
import { serverClock } from "./serverClock";
import { positionAt } from "./step";
import { useHere } from "./useHere";
import type { Deed } from "./useParty";
import { useStep } from "./useStep";

const KeyList = lazy(() => import("@/features/engagement/KeyList"));

const DEED_SHOWN_MS = 6000;

interface PartyStageProps {
  party: Party;
  deed: Deed | null;
  me: Me;
}

/** The picture that everybody sees alike, who is there, and what somebody has just done to it. */
export default function PartyStage({ party, deed, me }: PartyStageProps) {
  const t = useTranslations("chat.watching");
  const text = useErrorText();
  useHere(party);
  const { data: video, error } = useQuery(videoQuery(party.video_id));
  const { data: playback, error: noPlayback } = usePlayback(party.video_id, video !== undefined);
  const failure = (!video && error) || (!playback && noPlayback);
  // One video at a time: what was still playing in the corner ends.
  useEffect(() => {
    nowPlaying.close();
    pauseAll();
  }, []);
  return (
    <section className={classes.stage} aria-label={t("label")} data-party data-shared-play>
      <div className={classes.picture} style={{ "--aspect": aspectOf(video) } as object}>
        {video && playback && <Playing party={party} video={video} playback={playback} />}
        {failure && <p role="alert">{text(failure)}</p>}
      </div>
      <Bar party={party} video={video} deed={deed} me={me} />
    </section>
  );
}

interface PlayingProps {
  party: Party;
  video: Video;
  playback: Playback;
}

function Playing({ party, video, playback }: PlayingProps) {
  const t = useTranslations("chat.watching");
  const queries = useQueryClient();
  const captions = useCaptionTexts(playback);
  const storyboard = useStoryboard(playback);
  const moments = useMoments(video.id);
  const duration = playback.duration_seconds ?? video.asset.duration_seconds;
  const { onTime, onJump, onPause } = useProgressReports({
    target: video.id,
    duration,
    shownBy: "home",
  });
  const keyList = useKeyList(true);
  const { steering, isRefused, begin, onPlay } = useStep(party, duration);
  const [startAt] = useState(() =>
    positionAt(courseOf(party), serverClock.now(), duration ?? Number.POSITIVE_INFINITY),
  );
  return (
    <>
      <VideoPlayer
        title={video.title}
        media={video.id}
        src={playback.final ? playback.hls_url : `${playback.hls_url}#growing`}
        poster={playback.poster_url ?? video.asset.thumbnail_url ?? null}
        captions={captions}
        storyboard={storyboard}
        moments={moments}
        startAt={startAt}
        duration={playback.final ? null : duration}
        aspect={aspectOf(video)}
        isSmall={false}
        steering={steering}
        onKeyList={keyList.open}
        onTime={onTime}
        onJump={onJump}
        onPlay={onPlay}
        onPause={onPause}
        onEnded={onPause}
        onStale={() => void queries.invalidateQueries({ queryKey: ["playback", video.id] })}
      />
      {isRefused && (
        <div className={classes.refused}>
          <Button size="lg" radius="xl" leftSection={<IconVolume size={22} />} onClick={begin}>
            {t("joinWithSound")}
          </Button>
        </div>
      )}
      {keyList.isOpen && (
        <Suspense>
          <KeyList onClose={keyList.close} />
        </Suspense>
      )}
    </>
  );
}

interface BarProps {
  party: Party;
  video: Video | undefined;
  deed: Deed | null;
  me: Me;
}

function Bar({ party, video, deed, me }: BarProps) {
  const t = useTranslations("chat.watching");
  const text = useErrorText();
  const confirm = useConfirm();
  const queries = useQueryClient();
  const end = async () => {
    const question = { title: t("endTitle"), text: t("endText"), action: t("end") };
    if (!(await confirm(question))) return;
    try {
      await endParty(party);
      part();
    } catch (error) {
      toastError(text(error));
    }
    void refetchParty(queries, party.conversation_id);
  };
  return (
    <div className={classes.bar}>
      <Faces people={party.here} />
      <div className={classes.words}>
        <h2 className="clamp-1">{video?.title}</h2>
        <LastDeed deed={deed} me={me} />
      </div>
      <Button size="xs" variant="default" radius="xl" onClick={part}>
        {t("leave")}
      </Button>
      {party.can_end && (
        <Button size="xs" variant="default" radius="xl" onClick={() => void end()}>
          {t("end")}
        </Button>
      )}
    </div>
  );
}

/** Who has just paused or sought, for a moment. */
function LastDeed({ deed, me }: { deed: Deed | null; me: Me }) {
  const t = useTranslations("chat.watching.deed");
  const [shown, setShown] = useState<Deed | null>(null);
  useEffect(() => {
    setShown(deed);
    const timer = setTimeout(() => setShown(null), DEED_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [deed]);
  const words = shown && {
    who: shown.by?.display_name ?? t("somebody"),
    time: formatClock(shown.position),
  };
  const isMine = shown?.by?.id === me.id;
  return (
    <p role="status">
      {shown && words && (isMine ? t(`you.${shown.kind}`, words) : t(shown.kind, words))}
    </p>
  );
}
