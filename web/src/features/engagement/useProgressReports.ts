import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";
import { meQuery } from "@/features/identity/queries";
import { WatchTracker } from "@/player/progress";
import { report } from "./unreported";

const REPORT_EVERY_MS = 10_000;
/** Whoever looks for a place jumps many times; only where that ends is worth telling. */
const SETTLED_AFTER_MS = 1000;

/** Tells the server what was watched: every ten seconds, on pause, after a jump, and on leaving. */
export function useProgressReports(videoId: string, duration: number | null) {
  const queries = useQueryClient();
  const { data: me } = useQuery(meQuery());
  const personId = me?.id;
  const tracker = useRef(new WatchTracker());
  const jumped = useRef<ReturnType<typeof setTimeout>>(undefined);
  const length = useRef(0);
  length.current = Math.floor(duration ?? 0);

  const tell = useCallback(
    async (isLeaving = false) => {
      clearTimeout(jumped.current);
      const watched = personId && tracker.current.take();
      if (!watched) return;
      const { ranges, position, watched_seconds } = watched;
      const told = {
        ranges,
        watched_seconds,
        last_position: position,
        duration_seconds: length.current,
        at: new Date().toISOString(),
      };
      await report(personId, videoId, told, isLeaving);
    },
    [personId, videoId],
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
      // Not before the server knows: home tells where to go on.
      void tell(true).then(() => queries.invalidateQueries({ queryKey: ["home"] }));
      tracker.current = new WatchTracker();
    };
  }, [tell, queries]);

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
