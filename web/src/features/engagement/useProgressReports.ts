import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";
import { WatchTracker } from "@/player/progress";
import { sendProgress } from "./queries";

const REPORT_EVERY_MS = 10_000;

/** Tells the server what was watched: every ten seconds, on pause, and on leaving. */
export function useProgressReports(videoId: string, duration: number | null) {
  const queries = useQueryClient();
  const tracker = useRef(new WatchTracker());
  const length = useRef(0);
  length.current = Math.floor(duration ?? 0);

  const report = useCallback(
    (isLeaving = false) => {
      const watched = tracker.current.take();
      if (!watched) return;
      const { ranges, position, watched_seconds } = watched;
      const body = {
        ranges,
        watched_seconds,
        last_position: position,
        duration_seconds: length.current,
        at: new Date().toISOString(),
      };
      // A lost report is not worth a message: the next one carries the position again.
      void sendProgress(videoId, body, isLeaving).catch(() => undefined);
    },
    [videoId],
  );

  useEffect(() => {
    const timer = setInterval(report, REPORT_EVERY_MS);
    const hidden = () => {
      if (document.visibilityState === "hidden") report(true);
    };
    const leave = () => report(true);
    document.addEventListener("visibilitychange", hidden);
    window.addEventListener("pagehide", leave);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", hidden);
      window.removeEventListener("pagehide", leave);
      report(true);
      tracker.current = new WatchTracker();
      void queries.invalidateQueries({ queryKey: ["home"] });
    };
  }, [report, queries]);

  return {
    onTime: useCallback((seconds: number) => tracker.current.at(seconds), []),
    onJump: useCallback((seconds: number) => tracker.current.jump(seconds), []),
    onPause: useCallback(() => report(), [report]),
  };
}
