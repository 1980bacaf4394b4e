import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { CourseLesson } from "@/api/types";
import { loadOpening } from "@/player/opening";
import { usePlayhead } from "@/player/playhead";
import { lessonPlaybackQuery } from "../queries";

const SECONDS_BEFORE_END = 30;

const heightOfPicture = (): number => document.querySelector("video")?.videoHeight ?? 0;

/** Fetches where the next lesson plays, and its first seconds, shortly before this one ends. */
export function usePreload(
  courseId: string,
  next: CourseLesson | undefined,
  duration: number | null,
): void {
  const isNear = usePlayhead(
    (seconds) => seconds !== null && duration !== null && duration - seconds < SECONDS_BEFORE_END,
  );
  const canPlay = next?.kind === "video" && next.is_ready && !next.is_locked;
  const { data } = useQuery({
    ...lessonPlaybackQuery(courseId, next?.id ?? ""),
    enabled: isNear && canPlay,
  });
  const address = data?.hls_url;
  useEffect(() => {
    if (!address) return;
    const loading = new AbortController();
    // It only saves time: the player loads what this could not.
    loadOpening(address, heightOfPicture(), loading.signal).catch(() => undefined);
    return () => loading.abort();
  }, [address]);
}
