/** Short words on what just happened; they leave by themselves. */

export interface Toast {
  key: number;
  text: string;
  isBad: boolean;
  /** Where it leads to. */
  action?: ToastAction;
}

export interface ToastAction {
  label: string;
  href: string;
  /** Goes there without loading the whole page anew. */
  go: () => void;
}

const SHOWN_MS = 6000;
/** There is something to read and to decide. */
const SHOWN_WITH_ACTION_MS = 15_000;

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

function show(text: string, isBad: boolean, action?: ToastAction): void {
  lastKey += 1;
  const key = lastKey;
  set([...toasts, { key, text, isBad, action }]);
  setTimeout(() => toastStore.close(key), action ? SHOWN_WITH_ACTION_MS : SHOWN_MS);
}

export const toast = (text: string, action?: ToastAction) => show(text, false, action);
export const toastError = (text: string) => show(text, true);
