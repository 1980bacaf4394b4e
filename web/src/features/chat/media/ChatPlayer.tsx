import { useEffect, useRef } from "react";
import { PlainVideo } from "@/player/PlainVideo";
import { useChatPlayback } from "./useChatPlayback";

interface ChatPlayerProps {
  mediaId: string;
  label: string;
}

/** Plays a video that somebody sent. */
export default function ChatPlayer({ mediaId, label }: ChatPlayerProps) {
  const { data: playback } = useChatPlayback(mediaId);
  const element = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (playback) element.current?.focus();
  }, [playback]);
  if (!playback) return null;
  return <PlainVideo element={element} src={playback.hls_url} label={label} playsAtOnce />;
}
