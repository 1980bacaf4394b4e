import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { useTranslations } from "use-intl";
import type { VideoCard } from "@/api/types";
import { Thumbnail } from "@/ui/Thumbnail";
import classes from "./Queue.module.css";
import { useQueue } from "./useQueue";

const COUNTDOWN_SECONDS = 5;

interface CountdownProps {
  next: VideoCard;
  onStart: () => void;
  onCancel: () => void;
}

/** Says what comes next and when, and lets one stop it: with the button, or with Escape. */
export function Countdown({ next, onStart, onCancel }: CountdownProps) {
  const t = useTranslations("playlists");
  const [left, setLeft] = useState(COUNTDOWN_SECONDS);
  const cancel = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (left === 0) return onStart();
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [left, onStart]);
  useEffect(() => {
    const { activeElement } = document;
    // Whoever is writing a comment goes on writing.
    const isElsewhere = activeElement?.matches("input, textarea, [contenteditable]");
    if (!isElsewhere) cancel.current?.focus({ preventScroll: true });
    const onKey = (event: KeyboardEvent) => event.key === "Escape" && onCancel();
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [onCancel]);
  return (
    <section className={classes.next} aria-label={t("nextUp")}>
      <div className={classes.card}>
        <p>{t("nextUp")}</p>
        <div className={classes.picture}>
          <Thumbnail video={{ ...next, progress: null }} eager />
        </div>
        <h2 className="clamp-2">{next.title}</h2>
        <div className={classes.time} aria-hidden="true">
          <i style={{ animationDuration: `${COUNTDOWN_SECONDS}s` }} />
          <span className="tabular">{left}</span>
        </div>
        {/* Said once: every second of it would talk over everything. */}
        <div className="visually-hidden" role="status">
          {t("nextIn", { title: next.title, seconds: COUNTDOWN_SECONDS })}
        </div>
        <div className={classes.buttons}>
          <Button ref={cancel} variant="default" radius="xl" onClick={onCancel}>
            {t("cancel")}
          </Button>
          <Button radius="xl" onClick={onStart}>
            {t("playNow")}
          </Button>
        </div>
      </div>
    </section>
  );
}

interface NextUpProps {
  playlistId: string;
  videoId: string;
}

/** After the end of a video of a playlist: goes on with the next one, unless told not to. */
export function NextUp({ playlistId, videoId }: NextUpProps) {
  const navigate = useNavigate();
  const { next } = useQueue(playlistId, videoId);
  const [isCancelled, setCancelled] = useState(false);
  // In full screen nothing shows but what is inside of it.
  const [screen] = useState(document.fullscreenElement);
  const nextId = next?.id;
  const start = useCallback(() => {
    if (!nextId) return;
    const to = { to: "/watch/$videoId", params: { videoId: nextId } } as const;
    void navigate({ ...to, search: { list: playlistId } });
  }, [navigate, nextId, playlistId]);
  const cancel = useCallback(() => setCancelled(true), []);
  if (!next || isCancelled) return null;
  const countdown = <Countdown key={next.id} next={next} onStart={start} onCancel={cancel} />;
  return screen ? createPortal(countdown, screen) : countdown;
}
