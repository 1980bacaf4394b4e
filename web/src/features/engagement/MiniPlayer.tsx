import { ActionIcon } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { playhead, usePlayhead } from "@/player/playhead";
import { IconPlayerPause, IconPlayerPlay, IconX } from "@/ui/icons";
import classes from "./MiniPlayer.module.css";
import { type NowPlaying, nowPlaying } from "./nowPlaying";

const STEPS = 200;

function Bar({ duration }: { duration: number | null }) {
  const step = usePlayhead((seconds) =>
    seconds && duration ? Math.round((seconds / duration) * STEPS) : 0,
  );
  return (
    <div className={classes.bar}>
      <i style={{ transform: `scaleX(${Math.min(1, step / STEPS)})` }} />
    </div>
  );
}

interface MiniPlayerProps {
  now: NowPlaying;
  /** Takes the element that holds the picture. */
  dock: (element: HTMLElement | null) => void;
  /** Uploads have the corner: it stands beside or above them. */
  isAside: boolean;
}

/** Where the picture goes on when the watch page is left: pause, close, and the way back. */
export function MiniPlayer({ now, dock, isAside }: MiniPlayerProps) {
  const t = useTranslations("watch.mini");
  const { video, listId, stage, isGoing } = now;
  return (
    <section
      className={classes.mini}
      aria-label={t("label")}
      hidden={stage !== null}
      data-aside={isAside || undefined}
    >
      <div ref={dock} className={classes.picture} />
      <Link
        to="/watch/$videoId"
        params={{ videoId: video.id }}
        search={listId ? { list: listId } : {}}
        className={classes.back}
        aria-label={t("back", { title: video.title })}
      />
      <Bar duration={video.asset.duration_seconds} />
      <p className={`${classes.title} clamp-1`} aria-hidden="true">
        {video.title}
      </p>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={44}
        aria-label={isGoing ? t("pause") : t("play")}
        onClick={() => playhead.toggle()}
      >
        {isGoing ? <IconPlayerPause size={22} /> : <IconPlayerPlay size={22} />}
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={44}
        aria-label={t("close")}
        onClick={() => nowPlaying.close()}
      >
        <IconX size={22} />
      </ActionIcon>
    </section>
  );
}
