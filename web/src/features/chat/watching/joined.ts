import { useSyncExternalStore } from "react";

/** The party that this tab watches along with; a reload goes on with it. */

const KEY = "lumenhall-watching";
const listeners = new Set<() => void>();

const read = (): string | null => sessionStorage.getItem(KEY);

function set(partyId: string | null): void {
  if (partyId) sessionStorage.setItem(KEY, partyId);
  else sessionStorage.removeItem(KEY);
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

export const join = (partyId: string): void => set(partyId);
export const part = (): void => set(null);
export const hasJoined = (partyId: string): boolean => read() === partyId;
export const useHasJoined = (partyId: string): boolean =>
  useSyncExternalStore(subscribe, () => hasJoined(partyId));
