import { Link } from "@tanstack/react-router";
import { type MouseEvent, useState } from "react";
import { useTranslations } from "use-intl";
import type { Comment, Video } from "@/api/types";
import { playhead } from "@/player/playhead";
import { formatClock } from "@/ui/format";
import { IconPlayerPlayFilled } from "@/ui/icons";
import { type TextPart, textParts } from "@/ui/textParts";
import classes from "./Comments.module.css";

const LONG_TEXT = 600;
const MANY_LINES = 8;

interface MomentLinkProps {
  videoId: string;
  seconds: number;
  className?: string;
  label?: string;
  children: React.ReactNode;
}

/** Sends the player there; in another tab it leads to the video. */
function MomentLink({ videoId, seconds, className, label, children }: MomentLinkProps) {
  const go = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || playhead.now() === null) return;
    event.preventDefault();
    playhead.seek(seconds);
    playhead.play();
    const stage = document.querySelector("[data-stage]");
    stage?.scrollIntoView({ behavior: "smooth", block: "nearest" });
  };
  return (
    <a
      className={className}
      href={`/watch/${videoId}?t=${seconds}`}
      aria-label={label}
      onClick={go}
    >
      {children}
    </a>
  );
}

function Part({ part, videoId }: { part: TextPart; videoId: string }) {
  switch (part.kind) {
    case "text":
      return part.text;
    case "mention":
      return (
        <Link to="/people/$username" params={{ username: part.username }}>
          <bdi>{part.text}</bdi>
        </Link>
      );
    case "time":
      return (
        <MomentLink videoId={videoId} seconds={part.seconds}>
          {part.text}
        </MomentLink>
      );
    case "link":
      return (
        <a href={part.href} target="_blank" rel="noopener noreferrer nofollow">
          {part.text}
        </a>
      );
  }
}

interface CommentTextProps {
  comment: Pick<Comment, "text" | "moment_seconds" | "mentions">;
  video: Video;
}

/** The words of a comment: as text, never as anything else, with what is to be found in them as links. */
export function CommentText({ comment, video }: CommentTextProps) {
  const { text, moment_seconds, mentions } = comment;
  const t = useTranslations("comments");
  const watch = useTranslations("watch");
  const isLong = text.length > LONG_TEXT || text.split("\n").length > MANY_LINES;
  const [isFolded, setFolded] = useState(true);
  const parts = textParts(text, {
    usernames: new Set(mentions.map(({ username }) => username.toLowerCase())),
    duration: video.asset.duration_seconds,
  });
  return (
    <>
      <p dir="auto" className={classes.text} data-folded={(isLong && isFolded) || undefined}>
        {moment_seconds !== null && (
          <>
            <MomentLink
              videoId={video.id}
              seconds={moment_seconds}
              className={classes.at}
              label={t("goTo", { time: formatClock(moment_seconds) })}
            >
              <IconPlayerPlayFilled size={10} />
              {formatClock(moment_seconds)}
            </MomentLink>{" "}
          </>
        )}
        {parts.map((part, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text never change places.
          <Part key={at} part={part} videoId={video.id} />
        ))}
      </p>
      {isLong && (
        <button
          type="button"
          className={classes.quiet}
          aria-expanded={!isFolded}
          onClick={() => setFolded(!isFolded)}
        >
          {isFolded ? watch("showAll") : watch("showLess")}
        </button>
      )}
    </>
  );
}
