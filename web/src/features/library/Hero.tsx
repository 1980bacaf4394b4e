import { Button } from "@mantine/core";
import { useReducedMotion } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { Video } from "@/api/types";
import { playbackQuery } from "@/features/engagement/queries";
import { IconPlayerPause, IconPlayerPlay, IconPlayerPlayFilled } from "@/ui/icons";
import classes from "./Hero.module.css";

const PREVIEW_DELAY_MS = 1800;

interface Saving {
  connection?: { saveData?: boolean };
}

/** Plays the hero without sound once the page has settled; not for those who asked for calm or for few bytes. */
function usePreview(videoId: string, isPlayable: boolean) {
  const queries = useQueryClient();
  const wantsCalm = useReducedMotion(undefined, { getInitialValueInEffect: false });
  const element = useRef<HTMLVideoElement>(null);
  const [isPlaying, setPlaying] = useState(false);
  const savesData = (navigator as Saving).connection?.saveData === true;
  const isWanted = isPlayable && !wantsCalm && !savesData;
  useEffect(() => {
    const video = element.current;
    if (!isWanted || !video) return;
    let stop: (() => void) | undefined;
    let isGone = false;
    const timer = setTimeout(async () => {
      const [{ attachPreview }, playback] = await Promise.all([
        import("@/player/preview"),
        queries.fetchQuery(playbackQuery(videoId)),
      ]).catch(() => [{ attachPreview: null }, null] as const);
      if (!isGone && attachPreview && playback) stop = attachPreview(video, playback.hls_url);
    }, PREVIEW_DELAY_MS);
    return () => {
      isGone = true;
      clearTimeout(timer);
      stop?.();
    };
  }, [isWanted, videoId, queries]);
  return { element, isPlaying, setPlaying, isWanted };
}

interface HeroProps {
  video: Video;
}

export function Hero({ video }: HeroProps) {
  const t = useTranslations("library");
  const { element, isPlaying, setPlaying, isWanted } = usePreview(video.id, video.asset.playable);
  const [hasPlayed, setPlayed] = useState(false);
  const toggle = () => {
    if (element.current?.paused) void element.current.play();
    else element.current?.pause();
  };
  return (
    <section className={classes.hero} aria-label={t("featured")}>
      {video.asset.thumbnail_url && (
        <img className={classes.back} src={video.asset.thumbnail_url} alt="" fetchPriority="high" />
      )}
      {isWanted && (
        <video
          ref={element}
          className={`${classes.back} ${classes.video}`}
          data-playing={hasPlayed || undefined}
          muted
          loop
          playsInline
          aria-hidden="true"
          tabIndex={-1}
          onPlaying={() => {
            setPlaying(true);
            setPlayed(true);
          }}
          onPause={() => setPlaying(false)}
        />
      )}
      <div className={classes.words}>
        <h2>{video.title}</h2>
        {video.description && <p className="clamp-2">{video.description}</p>}
        <div className={classes.actions}>
          <Button
            component={Link}
            to={`/watch/${video.id}`}
            variant="white"
            color="dark"
            size="md"
            leftSection={<IconPlayerPlayFilled size={20} />}
          >
            {video.progress && !video.progress.completed ? t("resume") : t("play")}
          </Button>
        </div>
      </div>
      {hasPlayed && (
        <button
          type="button"
          className={classes.toggle}
          onClick={toggle}
          aria-label={isPlaying ? t("pausePreview") : t("playPreview")}
        >
          {isPlaying ? <IconPlayerPause size={20} /> : <IconPlayerPlay size={20} />}
        </button>
      )}
    </section>
  );
}
