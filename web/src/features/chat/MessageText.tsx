import { Link } from "@tanstack/react-router";
import { textParts } from "@/ui/textParts";
import classes from "./Messages.module.css";

interface MessageTextProps {
  text: string;
  usernames: ReadonlySet<string>;
}

/** The words of a message: as text, never as anything else, with links and names to follow. */
export function MessageText({ text, usernames }: MessageTextProps) {
  const parts = textParts(text, { usernames, duration: null });
  return (
    <p dir="auto" className={classes.text}>
      {parts.map((part, at) => {
        const key = `${at}:${part.text}`;
        if (part.kind === "link") {
          return (
            <a key={key} href={part.href} target="_blank" rel="noopener noreferrer nofollow">
              {part.text}
            </a>
          );
        }
        if (part.kind === "mention") {
          return (
            <Link key={key} to="/people/$username" params={{ username: part.username }}>
              <bdi>{part.text}</bdi>
            </Link>
          );
        }
        return part.text;
      })}
    </p>
  );
}
