import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Video } from "@/api/types";
import { IconPlayerPause, IconPlayerPlay, IconPlayerPlayFilled } from "@/ui/icons";
import classes from "./Hero.module.css";
import { usePreview } from "./usePreview";

interface HeroProps {
  video: Video;
}

export function Hero({ video }: HeroProps) {
  const t = useTranslations("library");
  const { element, isWanted, isStopped, toggle } = usePreview(video.id, video.asset.playable);
  const [hasPlayed, setPlayed] = useState(false);
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
          onPlaying={() => setPlayed(true)}
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
      {hasPlayed && isWanted && (
        <button
          type="button"
          className={classes.toggle}
          onClick={toggle}
          aria-label={isStopped ? t("playPreview") : t("pausePreview")}
        >
          {isStopped ? <IconPlayerPlay size={20} /> : <IconPlayerPause size={20} />}
        </button>
      )}
    </section>
  );
}
