import { useEffect, useRef } from "react";
import { usePlayback } from "@/features/engagement/usePlayback";
import { PlainVideo } from "@/player/PlainVideo";

interface CardPlayerProps {
  videoId: string;
  title: string;
  /** Seconds. */
  startAt: number;
}

/** Plays a shared video in the conversation. */
export default function CardPlayer({ videoId, title, startAt }: CardPlayerProps) {
  const { data: playback } = usePlayback(videoId, true);
  const element = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    element.current?.focus();
  }, []);
  if (!playback) return null;
  return (
    <PlainVideo
      element={element}
      src={playback.hls_url}
      label={title}
      startAt={startAt}
      playsAtOnce
    />
  );
}
