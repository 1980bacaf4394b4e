/** Short words on what just happened; they leave by themselves. */

export interface Toast {
  key: number;
  text: string;
  isBad: boolean;
  action?: ToastAction;
}

export interface ToastAction {
  label: string;
  /** Where it leads to, if it leads anywhere. */
  href?: string;
  /** Does it; with a `href`, goes there without loading the whole page anew. */
  go: () => void;
}

const SHOWN_MS = 6000;
/** There is something to read and to decide. */
export const SHOWN_WITH_ACTION_MS = 15_000;

let toasts: readonly Toast[] = [];
let lastKey = 0;
const listeners = new Set<() => void>();

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

export const toastStore = {
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  snapshot: () => toasts,
  close: (key: number) => set(toasts.filter((toast) => toast.key !== key)),
};

function show(text: string, isBad: boolean, action?: ToastAction): number {
  lastKey += 1;
  const key = lastKey;
  set([...toasts, { key, text, isBad, action }]);
  setTimeout(() => toastStore.close(key), action ? SHOWN_WITH_ACTION_MS : SHOWN_MS);
  return key;
}

/** Returns the key by which it can be closed before its time. */
export const toast = (text: string, action?: ToastAction) => show(text, false, action);
export const toastError = (text: string) => show(text, true);
