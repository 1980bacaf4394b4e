import type { Message } from "@/api/types";
import classes from "./Messages.module.css";
import { useWordsOf } from "./media/counts";

interface QuoteProps {
  reply: NonNullable<Message["reply_to"]>;
  /** Leads to it. */
  onOpen?: () => void;
}

/** The message that another one answers, in short. */
export function Quote({ reply, onOpen }: QuoteProps) {
  const wordsOf = useWordsOf();
  const content = (
    <>
      <bdi className={classes.quoted}>{reply.sender.display_name}</bdi>
      <span className="clamp-2" dir="auto">
        {wordsOf(reply)}
      </span>
    </>
  );
  if (!onOpen) return <div className={classes.quote}>{content}</div>;
  return (
    <button type="button" className={classes.quote} onClick={onOpen}>
      {content}
    </button>
  );
}
