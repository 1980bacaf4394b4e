import { useDocumentVisibility } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import {
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useTranslations } from "use-intl";
import type { ConversationDetail, Me, Message } from "@/api/types";
import { IconArrowDown } from "@/ui/icons";
import type { Aim } from "./aim";
import { changeLook } from "./looks";
import { MessageChunk, useChunks } from "./MessageChunk";
import { type MenuPlace, MessageMenu } from "./MessageMenu";
import classes from "./Messages.module.css";
import { nameOf } from "./names";
import type { Unsent } from "./outbox";
import { getThread, loadNewer, loadOlder, markRead, showAround } from "./queries";
import { isAtEnd, type Thread } from "./thread";
import { UnsentRow } from "./UnsentRow";
import { useIsNear } from "./useIsNear";

const ReadBy = lazy(() => import("./ReadBy"));

const FOUND_MS = 2000;

/** A message to lead to; another object leads to it again. */
export interface Goal {
  number: number;
}

interface MessageListProps {
  goal: Goal | null;
  detail: ConversationDetail;
  thread: Thread;
  unsent: Unsent[];
  me: Me;
  /** Absent where one may not write. */
  onAim: ((aim: Aim) => void) | undefined;
}

/** Where the line above what is new stands; it stays there for as long as the page is open. */
function useFirstUnread(detail: ConversationDetail, thread: Thread, myId: string): number | null {
  const [number] = useState(() => {
    if (detail.unread_count === 0) return null;
    const isNew = (one: Message) => one.number > detail.read_number && one.sender.id !== myId;
    return thread.messages.find(isNew)?.number ?? null;
  });
  return number;
}

/** Tells that everything has been read while the newest message is in sight. */
function useReadMark(detail: ConversationDetail, thread: Thread, isInSight: boolean): void {
  const queries = useQueryClient();
  const isVisible = useDocumentVisibility() === "visible";
  const told = useRef(0);
  const { id, read_number, request } = detail;
  const { upTo } = thread;
  const isRead = isInSight && isVisible && isAtEnd(thread) && request !== "incoming";
  useEffect(() => {
    if (!isRead || upTo <= read_number || upTo <= told.current) return;
    told.current = upTo;
    markRead(id, upTo).then(
      ({ number }) =>
        changeLook(queries, id, (look) => ({
          read_number: number,
          unread_count: number >= look.last_number ? 0 : look.unread_count,
          mentions: look.mentions.filter((one) => one > number),
        })),
      () => {
        told.current = 0;
      },
    );
  }, [queries, id, isRead, upTo, read_number]);
}

/** Leads to a message by its number, also when it stands further up than what is loaded. */
function useJump(conversationId: string, thread: Thread) {
  const queries = useQueryClient();
  const scroller = useRef<HTMLDivElement>(null);
  const [wanted, setWanted] = useState<number | null>(null);
  const [found, setFound] = useState<number | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is loaded may hold it now.
  useEffect(() => {
    if (wanted === null) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-number="${wanted}"]`);
    if (!row) return;
    row.scrollIntoView({ block: "center" });
    row.focus({ preventScroll: true });
    setWanted(null);
    setFound(wanted);
  }, [wanted, thread]);
  useEffect(() => {
    if (found === null) return;
    const timer = setTimeout(() => setFound(null), FOUND_MS);
    return () => clearTimeout(timer);
  }, [found]);
  const jump = useCallback(
    (number: number) => {
      setWanted(number);
      const known = getThread(queries, conversationId)?.messages;
      if (known?.some((one) => one.number === number)) return;
      const giveUp = () => setWanted((now) => (now === number ? null : now));
      void showAround(queries, conversationId, number).then(
        (isShown) => isShown || giveUp(),
        giveUp,
      );
    },
    [queries, conversationId],
  );
  return { scroller, wanted, found, jump };
}

/** What is said, the newest at the bottom. */
export function MessageList({ goal, detail, thread, unsent, me, onAim }: MessageListProps) {
  const t = useTranslations("chat");
  const finding = useTranslations("finding");
  const queries = useQueryClient();
  const { scroller, wanted, found, jump } = useJump(detail.id, thread);
  useEffect(() => {
    if (goal) jump(goal.number);
  }, [goal, jump]);
  const [seenMention, setSeenMention] = useState(0);
  const nextMention = detail.mentions.find((number) => number > seenMention);
  const top = useRef<HTMLDivElement>(null);
  const bottom = useRef<HTMLDivElement>(null);
  const [menu, setMenu] = useState<MenuPlace | null>(null);
  const [readers, setReaders] = useState<Message | null>(null);
  const firstUnread = useFirstUnread(detail, thread, me.id);
  const isNearTop = useIsNear(top, scroller, 900);
  const isNearEnd = useIsNear(bottom, scroller, 500);
  const isAtBottom = useIsNear(bottom, scroller, 40);
  useReadMark(detail, thread, isAtBottom);
  useLayoutEffect(() => {
    const line = scroller.current?.querySelector("[data-unread]");
    line?.scrollIntoView({ block: "center" });
  }, [scroller]);
  const { older, upTo, last } = thread;
  useEffect(() => {
    // What fails is tried again once one scrolls there again, or the connection is back.
    if (isNearTop && older) void loadOlder(queries, detail.id).catch(() => undefined);
  }, [queries, detail.id, isNearTop, older]);
  useEffect(() => {
    if (isNearEnd && upTo < last) void loadNewer(queries, detail.id).catch(() => undefined);
  }, [queries, detail.id, isNearEnd, upTo, last]);
  const toEnd = () => scroller.current?.scrollTo({ top: 0 });
  const newestUnsent = unsent.at(-1)?.client_id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever something is written.
  useLayoutEffect(() => {
    if (newestUnsent) toEnd();
  }, [newestUnsent]);
  const back = async () => {
    if (!isAtEnd(thread)) await showAround(queries, detail.id).catch(() => undefined);
    toEnd();
  };
  const chunks = useChunks(thread.messages);
  const { participants } = detail;
  const others = useMemo(
    () => participants.filter(({ person }) => person.id !== me.id),
    [participants, me.id],
  );
  const known = new Set(thread.messages.map(({ client_id }) => client_id));
  const waiting = unsent.filter(({ client_id }) => !known.has(client_id));
  const usernames = useMemo(
    () => new Set(participants.map(({ person }) => person.username)),
    [participants],
  );
  return (
    <div className={classes.frame}>
      <div
        ref={scroller}
        className={classes.scroll}
        role="log"
        aria-label={t("log", { name: nameOf(detail) })}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard has to be able to scroll.
        tabIndex={0}
      >
        <div className={classes.messages}>
          <div ref={top} className={classes.edge} />
          {chunks.map((chunk) => (
            <MessageChunk
              key={chunk.key}
              chunk={chunk}
              me={me}
              isGroup={detail.type === "group"}
              others={others}
              firstUnread={firstUnread}
              isWanted={chunk.messages.some(({ number }) => number === wanted)}
              found={chunk.messages.some(({ number }) => number === found) ? found : null}
              usernames={usernames}
              onJump={jump}
              onAim={onAim}
              onMenu={setMenu}
            />
          ))}
          {waiting.length > 0 && (
            <ol className={classes.chunk}>
              {waiting.map((one) => (
                <UnsentRow key={one.client_id} unsent={one} usernames={usernames} />
              ))}
            </ol>
          )}
          <div ref={bottom} className={classes.edge} />
        </div>
      </div>
      <div className={classes.ways}>
        {nextMention !== undefined && (
          <button
            type="button"
            aria-label={finding("toMention")}
            onClick={() => {
              setSeenMention(nextMention);
              jump(nextMention);
            }}
          >
            <span aria-hidden="true">@</span>
          </button>
        )}
        {!isNearEnd && (
          <button type="button" onClick={() => void back()}>
            <IconArrowDown size={20} />
            <span className="visually-hidden">{t("toEnd")}</span>
            {detail.unread_count > 0 && (
              <span>{finding("new", { count: detail.unread_count })}</span>
            )}
          </button>
        )}
      </div>
      {menu && (
        <MessageMenu
          place={menu}
          me={me}
          isGroup={detail.type === "group"}
          onAim={onAim}
          onReaders={setReaders}
          onClose={() => setMenu(null)}
        />
      )}
      {readers && (
        <Suspense>
          <ReadBy message={readers} people={others} onClose={() => setReaders(null)} />
        </Suspense>
      )}
    </div>
  );
}
