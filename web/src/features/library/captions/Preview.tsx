import { useEffect, useRef } from "react";
import type { Playback, Video } from "@/api/types";
import { plainText } from "@/player/cues";
import { PlainVideo } from "@/player/PlainVideo";
import { followVideo, usePlayhead } from "@/player/playhead";
import type { DraftCue } from "./draft";
import classes from "./Editor.module.css";

const NEWLINE = "\n";

function words(cues: readonly DraftCue[], ms: number, isChapters: boolean): string {
  const shown = cues.filter(({ start, end }) => start <= ms && (isChapters || ms < end));
  const last = isChapters ? shown.slice(-1) : shown;
  return last.map(({ text }) => text.split(NEWLINE).map(plainText).join(NEWLINE)).join(NEWLINE);
}

interface PreviewProps {
  video: Video;
  playback: Playback;
  cues: readonly DraftCue[];
  isChapters: boolean;
}

/** The video, with the captions over it as they are at this moment of editing. */
export function Preview({ video, playback, cues, isChapters }: PreviewProps) {
  const element = useRef<HTMLVideoElement>(null);
  useEffect(() => (element.current ? followVideo(element.current) : undefined), []);
  const text = usePlayhead((seconds) =>
    seconds === null ? "" : words(cues, seconds * 1000, isChapters),
  );
  return (
    <div className={classes.preview}>
      <PlainVideo element={element} src={playback.hls_url} label={video.title} />
      {text && (
        <p className={classes.overlay} aria-hidden="true">
          <span>{text}</span>
        </p>
      )}
    </div>
  );
}
