import { useReducedMotion } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { type RefObject, useEffect, useRef, useState } from "react";
import { playbackQuery } from "@/features/engagement/queries";

const SETTLED_AFTER_MS = 1800;
const SHARE_IN_SIGHT = 0.4;

interface Saving {
  connection?: { saveData?: boolean };
}

/** Whether somebody can see the element: it is on the screen, and so is the page. */
function useInSight(element: RefObject<HTMLElement | null>, isThere: boolean): boolean {
  const [isOnScreen, setOnScreen] = useState(false);
  const [isOpen, setOpen] = useState(() => document.visibilityState === "visible");
  useEffect(() => {
    if (!isThere || !element.current) return;
    const look = (entries: IntersectionObserverEntry[]) =>
      setOnScreen(entries.at(-1)?.isIntersecting ?? false);
    const observer = new IntersectionObserver(look, { threshold: SHARE_IN_SIGHT });
    observer.observe(element.current);
    const turn = () => setOpen(document.visibilityState === "visible");
    document.addEventListener("visibilitychange", turn);
    return () => {
      observer.disconnect();
      document.removeEventListener("visibilitychange", turn);
    };
  }, [element, isThere]);
  return isOnScreen && isOpen;
}

/**
 * Plays a video without sound while it is in sight, once the page has settled. Not for those who
 * asked for calm or for few bytes. It is no watching: nothing is reported.
 */
export function usePreview(videoId: string, isPlayable: boolean) {
  const queries = useQueryClient();
  const wantsCalm = useReducedMotion(undefined, { getInitialValueInEffect: false });
  const savesData = (navigator as Saving).connection?.saveData === true;
  const isWanted = isPlayable && !wantsCalm && !savesData;
  const element = useRef<HTMLVideoElement>(null);
  const isInSight = useInSight(element, isWanted);
  const [isDue, setDue] = useState(false);
  const [isLoaded, setLoaded] = useState(false);
  const [isStopped, setStopped] = useState(false);

  useEffect(() => {
    if (!isInSight || isDue) return;
    const timer = setTimeout(() => setDue(true), SETTLED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [isInSight, isDue]);

  useEffect(() => {
    const video = element.current;
    if (!isWanted || !isDue || !video) return;
    let stop: (() => void) | undefined;
    let isGone = false;
    const load = async () => {
      const [{ attachPreview }, playback] = await Promise.all([
        import("@/player/preview"),
        queries.fetchQuery(playbackQuery(videoId)),
      ]);
      if (isGone) return;
      stop = attachPreview(video, playback.hls_url);
      setLoaded(true);
    };
    // Without a preview the picture stays.
    load().catch(() => undefined);
    return () => {
      isGone = true;
      stop?.();
      setLoaded(false);
    };
  }, [isWanted, isDue, videoId, queries]);

  useEffect(() => {
    if (!isLoaded) return;
    if (isInSight && !isStopped) void element.current?.play().catch(() => undefined);
    else element.current?.pause();
  }, [isLoaded, isInSight, isStopped]);

  return { element, isWanted, isStopped, toggle: () => setStopped(!isStopped) };
}
