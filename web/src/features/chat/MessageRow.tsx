import { Link } from "@tanstack/react-router";
import { memo, type PointerEvent, useRef } from "react";
import { useTranslations } from "use-intl";
import type { Message } from "@/api/types";
import { Avatar } from "@/ui/Avatar";
import { IconCornerUpLeft, IconDotsVertical, IconMoodSmile } from "@/ui/icons";
import type { Aim } from "./aim";
import type { MenuPlace } from "./MessageMenu";
import classes from "./Messages.module.css";
import { MessageTally } from "./MessageTally";
import { MessageText } from "./MessageText";
import { MessageMedia } from "./media/MessageMedia";
import { Quote } from "./Quote";
import { type Tick, Ticks } from "./Ticks";
import { VideoCard } from "./VideoCard";

const LONG_PRESS_MS = 450;
const LONG_PRESS_MOVES_PX = 10;

interface MessageRowProps {
  message: Message;
  time: string;
  isMine: boolean;
  isGroup: boolean;
  /** Of what one person says without a pause. */
  isFirst: boolean;
  isLast: boolean;
  /** It was looked for. */
  isFound: boolean;
  tick: Tick | null;
  usernames: ReadonlySet<string>;
  onJump: (number: number) => void;
  onReply: ((aim: Aim) => void) | undefined;
  onMenu: (place: MenuPlace) => void;
}

/** Opens the menu where a finger rests; moving on is scrolling. */
function useLongPress(open: (element: HTMLElement) => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const from = useRef({ x: 0, y: 0 });
  const stop = () => clearTimeout(timer.current);
  return {
    onPointerDown: ({
      pointerType,
      clientX,
      clientY,
      currentTarget,
    }: PointerEvent<HTMLElement>) => {
      if (pointerType === "mouse") return;
      from.current = { x: clientX, y: clientY };
      stop();
      timer.current = setTimeout(() => open(currentTarget), LONG_PRESS_MS);
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent) => {
      const { x, y } = from.current;
      if (Math.hypot(clientX - x, clientY - y) > LONG_PRESS_MOVES_PX) stop();
    },
    onPointerUp: stop,
    onPointerCancel: stop,
  };
}

/** Whether there is something to look at, which takes the width of the bubble. */
const hasPicture = ({ shared_video, media }: Message): boolean =>
  shared_video !== null || media.some(({ type }) => type !== "voice");

/** One message, and what one can do with it. */
export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { message, time, isMine, isGroup, isFirst, isLast, tick, onReply, onMenu } = props;
  const t = useTranslations("chat");
  const more = useRef<HTMLButtonElement>(null);
  const { sender, is_unsent } = message;
  const press = useLongPress((anchor) => {
    if (!is_unsent) onMenu({ message, anchor, kind: "all", opener: more.current });
  });
  const label = t("messageBy", { name: isMine ? t("you") : sender.display_name, time });
  return (
    <li
      className={classes.row}
      data-mine={isMine || undefined}
      data-first={isFirst || undefined}
      data-found={props.isFound || undefined}
      data-number={message.number}
      tabIndex={-1}
    >
      {isGroup && !isMine && (
        <span className={classes.face}>
          {isLast && (
            <Link
              to="/people/$username"
              params={{ username: sender.username }}
              aria-label={sender.display_name}
              tabIndex={-1}
            >
              <Avatar person={sender} size={30} />
            </Link>
          )}
        </span>
      )}
      <div className={classes.column}>
        {isGroup && !isMine && isFirst && (
          <bdi className={classes.sender}>{sender.display_name}</bdi>
        )}
        <article
          className={classes.bubble}
          data-unsent={is_unsent || undefined}
          data-video={hasPicture(message) || undefined}
          data-voice={message.type === "voice" || undefined}
          aria-label={label}
          {...press}
        >
          {is_unsent ? <p className={classes.text}>{t("unsent")}</p> : <Content {...props} />}
          <span className={classes.meta}>
            {message.edited_at && <span>{t("edited")}</span>}
            <time dateTime={message.created_at}>{time}</time>
            {tick && !is_unsent && <Ticks tick={tick} />}
          </span>
        </article>
        <MessageTally message={message} />
      </div>
      {!is_unsent && (
        <div className={classes.tools}>
          {onReply && (
            <>
              <button
                type="button"
                tabIndex={-1}
                className={classes.quick}
                aria-label={t("react")}
                onClick={({ currentTarget: anchor }) =>
                  onMenu({ message, anchor, kind: "reactions", opener: anchor })
                }
              >
                <IconMoodSmile size={19} stroke={1.7} />
              </button>
              <button
                type="button"
                tabIndex={-1}
                className={classes.quick}
                aria-label={t("reply")}
                onClick={() => onReply({ kind: "reply", message })}
              >
                <IconCornerUpLeft size={19} stroke={1.7} />
              </button>
            </>
          )}
          <button
            ref={more}
            type="button"
            aria-haspopup="menu"
            aria-label={t("actions", { label })}
            onClick={({ currentTarget: anchor }) =>
              onMenu({ message, anchor, kind: "all", opener: anchor })
            }
          >
            <IconDotsVertical size={18} />
          </button>
        </div>
      )}
    </li>
  );
});

/** What is said: an answer, a video, words. */
function Content({ message, isMine, usernames, onJump, onReply }: MessageRowProps) {
  const t = useTranslations("chat");
  const { reply_to, shared_video, text } = message;
  return (
    <>
      {reply_to && <Quote reply={reply_to} onOpen={() => onJump(reply_to.number)} />}
      {shared_video && (
        <VideoCard video={shared_video} conversationId={onReply && message.conversation_id} />
      )}
      {message.type === "shared_video" && !shared_video && (
        <p className={classes.gone}>{t("videoGone")}</p>
      )}
      {message.media.length > 0 && (
        <MessageMedia message={message} sender={isMine ? t("you") : message.sender.display_name} />
      )}
      {text && <MessageText text={text} usernames={usernames} />}
    </>
  );
}
