import { Fragment, memo, useRef } from "react";
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
  /** The number of the message that was looked for. */
  found: number | null;
  usernames: ReadonlySet<string>;
  onJump: (number: number) => void;
  onAim: ((aim: Aim) => void) | undefined;
  onMenu: (place: MenuPlace) => void;
}

/** A stretch of messages; the browser lays out only those stretches that are near the window. */
export const MessageChunk = memo(function MessageChunk(props: MessageChunkProps) {
  const { chunk, me, isGroup, others, firstUnread, found, usernames } = props;
  const t = useTranslations("chat");
  const when = useWhen();
  const system = useSystemWords(me.id);
  const { messages } = chunk;
  const tick = ({ sender, number }: Message): Tick | null =>
    sender.id === me.id ? tickOf(number, others) : null;
  return (
    <ol className={classes.chunk}>
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
    </ol>
  );
});

function isTogether(one: Message | undefined, next: Message | undefined): boolean {
  if (!one || !next || one.type === "system" || next.type === "system") return false;
  const apart = Date.parse(next.created_at) - Date.parse(one.created_at);
  return one.sender.id === next.sender.id && apart < TOGETHER_MS;
}
