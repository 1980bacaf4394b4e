import { useSyncExternalStore } from "react";

/** Who is writing where; each says so again every few seconds for as long as they are. */

const SHOWN_MS = 5000;
const NOBODY: readonly string[] = [];

const timers = new Map<string, ReturnType<typeof setTimeout>>();
let writers: ReadonlyMap<string, readonly string[]> = new Map();
const listeners = new Set<() => void>();

function set(conversationId: string, people: readonly string[]): void {
  writers = new Map([...writers, [conversationId, people]]);
  for (const listener of listeners) listener();
}

export function stoppedTyping(conversationId: string, personId: string): void {
  const key = `${conversationId}:${personId}`;
  clearTimeout(timers.get(key));
  timers.delete(key);
  const before = writers.get(conversationId) ?? NOBODY;
  if (before.includes(personId))
    set(
      conversationId,
      before.filter((one) => one !== personId),
    );
}

export function typed(conversationId: string, personId: string): void {
  const key = `${conversationId}:${personId}`;
  clearTimeout(timers.get(key));
  timers.set(
    key,
    setTimeout(() => stoppedTyping(conversationId, personId), SHOWN_MS),
  );
  const before = writers.get(conversationId) ?? NOBODY;
  if (!before.includes(personId)) set(conversationId, [...before, personId]);
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

/** The ids of those who are writing in a conversation. */
export const useTyping = (conversationId: string): readonly string[] =>
  useSyncExternalStore(subscribe, () => writers.get(conversationId) ?? NOBODY);
