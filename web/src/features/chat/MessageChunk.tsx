import { Fragment, memo, type RefObject, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { Me, Message, Participant } from "@/api/types";
import type { Aim } from "./aim";
import type { MenuPlace } from "./MessageMenu";
import { MessageRow } from "./MessageRow";
import classes from "./Messages.module.css";
import { useSystemWords } from "./names";
import { type Tick, tickOf } from "./Ticks";
import { useWhen } from "./useWhen";
import { PartyCard } from "./watching/PartyCard";

/** Messages of one person stand together if no more time lies between them. */
const TOGETHER_MS = 5 * 60_000;
const CHUNK = 40;

export interface Chunk {
  key: number;
  messages: readonly Message[];
  before: Message | undefined;
  after: Message | undefined;
}

const isSame = (one: Chunk, other: Chunk | undefined): boolean =>
  one.before === other?.before &&
  one.after === other?.after &&
  one.messages.length === other?.messages.length &&
  one.messages.every((message, at) => message === other?.messages[at]);

/** Messages in pieces that stay the same objects for as long as nothing in them changes. */
export function useChunks(messages: readonly Message[]): Chunk[] {
  const known = useRef(new Map<number, Chunk>());
  const byKey = new Map<number, Message[]>();
  for (const message of messages) {
    const key = Math.floor(message.number / CHUNK);
    const piece = byKey.get(key);
    if (piece) piece.push(message);
    else byKey.set(key, [message]);
  }
  const pieces = [...byKey];
  const chunks = pieces.map(([key, piece], at): Chunk => {
    const before = pieces[at - 1]?.[1].at(-1);
    const chunk = { key, messages: piece, before, after: pieces[at + 1]?.[1][0] };
    const old = known.current.get(key);
    return old && isSame(chunk, old) ? old : chunk;
  });
  known.current = new Map(chunks.map((chunk) => [chunk.key, chunk]));
  return chunks;
}

interface MessageChunkProps {
  chunk: Chunk;
  me: Me;
  isGroup: boolean;
  others: readonly Participant[];
  firstUnread: number | null;
  /** A message in it is to be scrolled to. */
  isWanted: boolean;
  /** The number of the message that was looked for. */
  found: number | null;
  usernames: ReadonlySet<string>;
  onJump: (number: number) => void;
  onAim: ((aim: Aim) => void) | undefined;
  onMenu: (place: MenuPlace) => void;
}

/** How far from the window a stretch is still drawn. */
const NEAR = "2500px 0px";

/** The height of a stretch that is far from the window, and null for one that is near. */
function useFarHeight(list: RefObject<HTMLElement | null>): number | null {
  const [height, setHeight] = useState<number | null>(null);
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const observer = new IntersectionObserver(
      (entries) => {
        const entry = entries.at(-1);
        // A page that is not shown has no heights.
        if (!entry || (!entry.isIntersecting && entry.boundingClientRect.height === 0)) return;
        setHeight(entry.isIntersecting ? null : entry.boundingClientRect.height);
      },
      { root: element.closest("[role=log]"), rootMargin: NEAR },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [list]);
  return height;
}

/** A stretch of messages; what is far from the window is only as high as it was. */
export const MessageChunk = memo(function MessageChunk(props: MessageChunkProps) {
  const list = useRef<HTMLOListElement>(null);
  const height = useFarHeight(list);
  const isDrawn = height === null || props.isWanted;
  return (
    <ol
      ref={list}
      className={classes.chunk}
      style={isDrawn ? undefined : { height }}
      aria-hidden={!isDrawn}
    >
      {isDrawn && <Messages {...props} />}
    </ol>
  );
});

function Messages(props: MessageChunkProps) {
  const { chunk, me, isGroup, others, firstUnread, found, usernames } = props;
  const t = useTranslations("chat");
  const when = useWhen();
  const system = useSystemWords(me.id);
  const { messages } = chunk;
  const tick = ({ sender, number }: Message): Tick | null =>
    sender.id === me.id ? tickOf(number, others) : null;
  return (
    <>
      {messages.map((message, at) => {
        const before = messages[at - 1] ?? chunk.before;
        const after = messages[at + 1] ?? chunk.after;
        const day = when.dayOf(message.created_at);
        const isNewDay = !before || when.dayOf(before.created_at) !== day;
        const isFirstUnread = message.number === firstUnread;
        return (
          <Fragment key={message.id}>
            {isNewDay && (
              <li className={classes.day}>
                <span>{when.day(message.created_at)}</span>
              </li>
            )}
            {isFirstUnread && (
              <li className={classes.unread} data-unread>
                <span>{t("newMessages")}</span>
              </li>
            )}
            {message.type === "system" ? (
              <li className={classes.system} data-number={message.number}>
                <span dir="auto">{system(message)}</span>
                {message.system?.action === "watching" && <PartyCard message={message} />}
              </li>
            ) : (
              <MessageRow
                message={message}
                time={when.time(message.created_at)}
                isMine={message.sender.id === me.id}
                isGroup={isGroup}
                isFirst={isNewDay || isFirstUnread || !isTogether(before, message)}
                isLast={!isTogether(message, after)}
                isFound={found === message.number}
                tick={tick(message)}
                usernames={usernames}
                onJump={props.onJump}
                onReply={props.onAim}
                onMenu={props.onMenu}
              />
            )}
          </Fragment>
        );
      })}
    </>
  );
}

function isTogether(one: Message | undefined, next: Message | undefined): boolean {
  if (!one || !next || one.type === "system" || next.type === "system") return false;
  const apart = Date.parse(next.created_at) - Date.parse(one.created_at);
  return one.sender.id === next.sender.id && apart < TOGETHER_MS;
}
