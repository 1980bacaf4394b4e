import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";
import type { LessonStanding } from "@/api/types";
import { meQuery } from "@/features/identity/queries";
import { WatchTracker } from "@/player/progress";
import { report } from "./unreported";

const REPORT_EVERY_MS = 10_000;
/** Whoever looks for a place jumps many times; only where that ends is worth telling. */
const SETTLED_AFTER_MS = 1000;

interface Reported {
  /** A video or a lesson, see `sendProgress`; null where nobody counts. */
  target: string | null;
  duration: number | null;
  /** What shows how far one is, and is fetched anew when one leaves. */
  shownBy: "home" | "courses";
  onStanding?: (standing: LessonStanding) => void;
}

/** Tells the server what was watched: every ten seconds, on pause, after a jump, and on leaving. */
export function useProgressReports({ target, duration, shownBy, onStanding }: Reported) {
  const queries = useQueryClient();
  const { data: me } = useQuery(meQuery());
  const personId = me?.id;
  const tracker = useRef(new WatchTracker());
  const jumped = useRef<ReturnType<typeof setTimeout>>(undefined);
  const length = useRef(0);
  length.current = Math.floor(duration ?? 0);
  const hear = useRef(onStanding);
  hear.current = onStanding;

  const tell = useCallback(
    async (isLeaving = false) => {
      clearTimeout(jumped.current);
      const watched = personId && target && tracker.current.take();
      if (!watched) return;
      const { ranges, position, watched_seconds } = watched;
      const told = {
        ranges,
        watched_seconds,
        last_position: position,
        duration_seconds: length.current,
        at: new Date().toISOString(),
      };
      const reply = await report(personId, target, told, isLeaving);
      if (reply?.standing) hear.current?.(reply.standing);
    },
    [personId, target],
  );

  useEffect(() => {
    const timer = setInterval(tell, REPORT_EVERY_MS);
    const hidden = () => {
      if (document.visibilityState === "hidden") void tell(true);
    };
    const leave = () => void tell(true);
    document.addEventListener("visibilitychange", hidden);
    window.addEventListener("pagehide", leave);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", hidden);
      window.removeEventListener("pagehide", leave);
      // Not before the server knows where to go on.
      void tell(true).then(() => queries.invalidateQueries({ queryKey: [shownBy] }));
      tracker.current = new WatchTracker();
    };
  }, [tell, queries, shownBy]);

  return {
    onTime: useCallback((seconds: number) => tracker.current.at(seconds), []),
    onJump: useCallback(
      (seconds: number) => {
        tracker.current.jump(seconds);
        clearTimeout(jumped.current);
        jumped.current = setTimeout(tell, SETTLED_AFTER_MS);
      },
      [tell],
    ),
    onPause: useCallback(() => void tell(), [tell]),
  };
}
