import type { QueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { ApiError } from "@/api/client";
import { newClientId } from "@/ui/clientId";
import { changeComment, findComment, takeUp } from "./cache";
import { sendComment } from "./queries";

/**
 * Comments on their way. Each keeps its `client_id`, so sending it again never says it twice; what
 * has not arrived stays, also over a reload of the page, until it is sent again or thrown away.
 */

export interface Unsent {
  client_id: string;
  /** Who wrote it: others may sign in on this device. */
  author_id: string;
  video_id: string;
  parent_id: string | null;
  text: string;
  moment_seconds: number | null;
  state: "sending" | "failed";
  error: unknown;
}

export type NewWords = Pick<
  Unsent,
  "author_id" | "video_id" | "parent_id" | "text" | "moment_seconds"
>;

const STORED = "lumenhall-unsent-comments";
/** The page went away before the answer came. */
const INTERRUPTED = new ApiError(0, { code: "network" });

function restore(): Unsent[] {
  try {
    const kept = JSON.parse(sessionStorage.getItem(STORED) ?? "[]") as Unsent[];
    return kept.map((one) => ({ ...one, state: "failed", error: INTERRUPTED }));
  } catch {
    return [];
  }
}

let all: readonly Unsent[] = restore();
const listeners = new Set<() => void>();
const sending = new Set<Promise<unknown>>();

function set(next: readonly Unsent[]): void {
  all = next;
  const kept = all.map(({ error: _error, ...one }) => one);
  if (kept.length > 0) sessionStorage.setItem(STORED, JSON.stringify(kept));
  else sessionStorage.removeItem(STORED);
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

/** Those of one author at one place: among the comments on a video, or the replies to one. */
export const unsentOf = (authorId: string, videoId: string, parentId: string | null) =>
  all.filter(
    (one) => one.author_id === authorId && one.video_id === videoId && one.parent_id === parentId,
  );

export function useUnsent(...place: Parameters<typeof unsentOf>): Unsent[] {
  useSyncExternalStore(subscribe, () => all);
  return unsentOf(...place);
}

/** Resolves once no answer is awaited. */
export const whenSent = (): Promise<unknown> => Promise.allSettled(sending);

/** Says something; it shows at once, and the promise tells whether it has arrived. */
export function say(queries: QueryClient, words: NewWords): Promise<boolean> {
  const unsent: Unsent = {
    ...words,
    client_id: newClientId(),
    state: "sending",
    error: null,
  };
  set([...all, unsent]);
  return send(queries, unsent);
}

export function sayAgain(queries: QueryClient, unsent: Unsent): Promise<boolean> {
  change(unsent, { state: "sending", error: null });
  return send(queries, unsent);
}

export const throwAway = ({ client_id }: Unsent): void =>
  set(all.filter((one) => one.client_id !== client_id));

const change = ({ client_id }: Unsent, to: Partial<Unsent>): void =>
  set(all.map((one) => (one.client_id === client_id ? { ...one, ...to } : one)));

async function send(queries: QueryClient, unsent: Unsent): Promise<boolean> {
  const { client_id, video_id, parent_id, text, moment_seconds } = unsent;
  const answer = sendComment(video_id, { client_id, parent_id, text, moment_seconds });
  const done = answer.then(
    (comment) => {
      if (parent_id && !findComment(queries, comment.id)) {
        changeComment(queries, parent_id, (one) => ({
          ...one,
          reply_count: one.reply_count + 1,
        }));
      }
      takeUp(queries, comment);
      throwAway(unsent);
      return true;
    },
    (error: unknown) => {
      change(unsent, { state: "failed", error });
      return false;
    },
  );
  sending.add(done);
  const arrived = await done;
  sending.delete(done);
  return arrived;
}
