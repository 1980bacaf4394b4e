import type { QueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { ApiError } from "@/api/client";
import type { Media, Message } from "@/api/types";
import { backoff } from "@/realtime/socket";
import { newClientId } from "@/ui/clientId";
import { UNSENT } from "./keys";
import { isLost } from "./media/attachments";
import { attachments } from "./media/bringing";
import { getThread, sendMessage, showAround, takeUp } from "./queries";
import { isAtEnd } from "./thread";

/**
 * Messages on their way, in the order in which they were written. Each keeps its `client_id`, so
 * sending it again never says it twice; what has not arrived stays, also over a reload of the page:
 * what the network lost goes out by itself once that is back, what the server refused when it is
 * sent again, until it is thrown away. One that takes files along goes out once they are at the
 * server; those whose files are still on their way do not hold up what was written after them.
 */

export type NewWords = Pick<Message, "conversation_id" | "text"> & {
  /** Who wrote it: others may sign in on this device. */
  author_id: string;
  reply_to: Message["reply_to"];
  video?: { id: string; moment: number | null };
  /** Keys of what it takes along. */
  attached?: string[];
};

export interface Unsent extends NewWords {
  client_id: string;
  /** What it takes along, as the server has it; null until all of it is there. */
  media: Media[] | null;
  created_at: string;
  state: "sending" | "waiting" | "refused";
  /** What the server said to it. */
  error: unknown;
}

/** More are not kept over a reload. */
const MOST_KEPT = 50;

const isIncomplete = ({ attached = [], media }: Unsent): boolean =>
  attached.length > 0 && media === null;

function restore(): Unsent[] {
  const kept: Unsent[] = [];
  try {
    for (const key of Object.keys(localStorage).filter((one) => one.startsWith(UNSENT))) {
      const one = JSON.parse(localStorage.getItem(key) ?? "null") as Unsent | null;
      if (!one) continue;
      const isCut = isIncomplete(one);
      const wasRefused = isCut || one.state === "refused";
      const code = isCut ? "attachments_gone" : String(one.error);
      const error = wasRefused ? new ApiError(422, { code }) : null;
      const state = wasRefused ? "refused" : "waiting";
      // The page that had the files is gone; without them and without words nothing is left.
      if (isCut && !one.text) localStorage.removeItem(UNSENT + one.client_id);
      else kept.push({ ...one, attached: isCut ? [] : one.attached, state, error });
    }
  } catch {
    // What cannot be read is not sent.
  }
  return kept.sort((one, other) => one.created_at.localeCompare(other.created_at));
}

let all: readonly Unsent[] = restore();
const listeners = new Set<() => void>();

/** What another tab of this device has sent or thrown away is not sent from here, too. */
function forget({ key, newValue }: StorageEvent): void {
  if (newValue === null && key?.startsWith(UNSENT))
    set(all.filter(({ client_id }) => UNSENT + client_id !== key));
}

function set(next: readonly Unsent[]): void {
  all = next;
  for (const listener of listeners) listener();
}

function keep(unsent: Unsent): void {
  try {
    if (all.length > MOST_KEPT) return;
    const error = unsent.error instanceof ApiError ? unsent.error.code : null;
    localStorage.setItem(UNSENT + unsent.client_id, JSON.stringify({ ...unsent, error }));
  } catch {
    // A full or closed storage keeps nothing; the message stays on the page.
  }
}

const change = (client_id: string, to: Partial<Unsent>): void => {
  set(all.map((one) => (one.client_id === client_id ? { ...one, ...to } : one)));
  const now = all.find((one) => one.client_id === client_id);
  if (now) keep(now);
};

export function throwAway(client_id: string): void {
  localStorage.removeItem(UNSENT + client_id);
  const { attached = [] } = all.find((one) => one.client_id === client_id) ?? {};
  for (const key of attached) attachments.remove(key);
  set(all.filter((one) => one.client_id !== client_id));
}

/** Those of one author in one conversation, the oldest first. */
export function useUnsent(authorId: string, conversationId: string): Unsent[] {
  const known = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => all,
  );
  return known.filter(
    (one) => one.author_id === authorId && one.conversation_id === conversationId,
  );
}

/** Says something: it shows at once, after what was said before. */
export function say(queries: QueryClient, words: NewWords): Promise<void> {
  const unsent: Unsent = {
    ...words,
    client_id: newClientId(),
    media: null,
    created_at: new Date().toISOString(),
    state: "waiting",
    error: null,
  };
  set([...all, unsent]);
  keep(unsent);
  const thread = getThread(queries, words.conversation_id);
  if (thread && !isAtEnd(thread))
    void showAround(queries, words.conversation_id).catch(() => undefined);
  const { attached = [] } = words;
  if (attached.length > 0) {
    attachments.whenBrought(attached, (media) => {
      change(unsent.client_id, { media });
      void send(queries, words.author_id);
    });
  }
  return send(queries, words.author_id);
}

/** Tries one again that the server refused, or whose files did not arrive. */
export function sayAgain(queries: QueryClient, unsent: Unsent): Promise<void> {
  const { client_id, author_id, attached = [], error } = unsent;
  attachments.again(attached);
  // What it answers has gone; the words are still worth saying.
  const isAlone = error instanceof ApiError && error.code === "reply_unknown";
  const reply_to = isAlone ? null : unsent.reply_to;
  change(client_id, { reply_to, state: "waiting", error: null });
  return send(queries, author_id);
}

let running: Promise<void> | null = null;
let failures = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
let again: () => void = () => undefined;

if (typeof window !== "undefined") {
  window.addEventListener("online", () => again());
  window.addEventListener("storage", forget);
}

/** What the network lost goes out once that is back; not every browser tells when. */
function tryLater(queries: QueryClient, authorId: string): void {
  clearTimeout(timer);
  again = () => {
    clearTimeout(timer);
    again = () => undefined;
    void send(queries, authorId);
  };
  timer = setTimeout(() => again(), backoff(failures));
  failures += 1;
}

/** Sends what waits, one after the other: the order of writing is the order of arriving. */
export function send(queries: QueryClient, authorId: string): Promise<void> {
  running ??= sendAll(queries, authorId).finally(() => {
    running = null;
  });
  return running;
}

async function sendAll(queries: QueryClient, authorId: string): Promise<void> {
  for (;;) {
    const next = all.find(
      (one) => one.author_id === authorId && one.state === "waiting" && !isIncomplete(one),
    );
    if (!next) return;
    change(next.client_id, { state: "sending" });
    try {
      const message = await sendMessage(next.conversation_id, {
        client_id: next.client_id,
        text: next.text,
        reply_to_id: next.reply_to?.id ?? null,
        shared_video_id: next.video?.id ?? null,
        shared_moment_seconds: next.video?.moment ?? null,
        media_ids: next.media?.map(({ id }) => id) ?? [],
      });
      // It stands in its place before it is taken away here, so it never blinks.
      failures = 0;
      takeUp(queries, message);
      attachments.release(next.attached ?? []);
      throwAway(next.client_id);
    } catch (error) {
      const isAway = isLost(error);
      change(next.client_id, { state: isAway ? "waiting" : "refused", error });
      if (isAway) return tryLater(queries, authorId);
    }
  }
}
