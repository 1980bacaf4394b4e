import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { Party } from "@/api/types";
import { Hush } from "@/player/oneVoice";
import type { Asked, Steering } from "@/player/VideoPlayer";
import { useErrorText } from "@/ui/errors";
import { toastError } from "@/ui/toasts";
import { courseOf, Helm, type Wish, wishOf } from "./helm";
import { refetchParty, steerParty, takeUp } from "./queries";
import { serverClock } from "./serverClock";
import { correction, positionAt } from "./step";

const EVERY_MS = 250;

/** Keeps a player in step with everybody's, and lets everybody's follow what is done to it. */
export function useStep(party: Party, duration: number | null) {
  const t = useTranslations("chat.watching");
  const text = useErrorText();
  const queries = useQueryClient();
  const find = useRef<() => HTMLVideoElement | null>(() => null);
  const movedAt = useRef(0);
  /** What was asked for here and is on its way. */
  const wished = useRef<(Wish & { at: string }) | null>(null);
  const [hush] = useState(() => new Hush());
  const [isRefused, setRefused] = useState(false);
  const now = useRef({ party, isRefused, duration });
  now.current = { party, isRefused, duration };

  const failed = useRef<(error: unknown) => void>(() => undefined);
  failed.current = (error) => {
    wished.current = null;
    toastError(t("failed", { reason: text(error) }));
    void refetchParty(queries, party.conversation_id);
  };
  const helm = useMemo(
    () =>
      new Helm({
        send: (wish, version) => steerParty(now.current.party, { ...wish, version }),
        taken: (taken) => {
          wished.current = null;
          takeUp(queries, taken);
        },
        failed: (error) => failed.current(error),
      }),
    [queries],
  );

  const play = useCallback((video: HTMLVideoElement) => {
    video.play().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === "NotAllowedError") setRefused(true);
    });
  }, []);

  const step = useCallback(() => {
    const video = find.current();
    if (!video || video.readyState === 0) return;
    hush.follow(video);
    const { duration: length, isRefused: waits } = now.current;
    // A playlist that still grows ends earlier than the video.
    const known = Math.max(length ?? 0, Number.isFinite(video.duration) ? video.duration : 0);
    const end = known || Number.POSITIVE_INFINITY;
    const course = courseOf(wished.current ?? now.current.party);
    const wanted = positionAt(course, serverClock.now(), end);
    const { go, seek, rate } = correction(course, wanted, end, {
      position: video.currentTime,
      isPaused: video.paused,
      isSeeking: video.seeking,
      sinceMoved: performance.now() - movedAt.current,
    });
    if (seek !== null) {
      video.currentTime = seek;
      movedAt.current = performance.now();
    }
    if (video.playbackRate !== rate) video.playbackRate = rate;
    if (go === "pause") video.pause();
    else if (go === "play" && !waits) play(video);
  }, [play, hush]);

  useEffect(() => {
    const timer = setInterval(step, EVERY_MS);
    return () => clearInterval(timer);
  }, [step]);

  // Somebody has changed it: at once, however short ago the last jump was.
  // biome-ignore lint/correctness/useExhaustiveDependencies: for every change, whatever it is.
  useEffect(() => {
    movedAt.current = Number.NEGATIVE_INFINITY;
    step();
  }, [step, party.version]);

  const onAsked = useCallback(
    (asked: Asked) => {
      const video = find.current();
      if (!video) return;
      const { party: known } = now.current;
      const wish = wishOf(wished.current ?? known, asked, video.currentTime);
      wished.current = { ...wish, at: new Date(serverClock.now()).toISOString() };
      helm.ask(wish, known.version);
    },
    [helm],
  );
  const take = useCallback((give: () => HTMLVideoElement | null) => {
    find.current = give;
  }, []);
  const steering = useMemo((): Steering => ({ onAsked, take }), [onAsked, take]);

  /** In answer to a click, which makes the browser allow it. */
  const begin = () => {
    setRefused(false);
    const video = find.current();
    if (video) play(video);
  };
  const onPlay = useCallback(() => setRefused(false), []);
  return { steering, isRefused, begin, onPlay };
}
