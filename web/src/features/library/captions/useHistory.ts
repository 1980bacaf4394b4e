import { useCallback, useState } from "react";

const MOST_STEPS = 200;

interface Past<T> {
  before: readonly T[];
  now: T;
  after: readonly T[];
  /** Steps with the same name in a row are one step, as typing a word is. */
  name: string | null;
}

/** A value whose changes can be undone and done again. */
export function useHistory<T>(first: T) {
  const [past, setPast] = useState<Past<T>>({ before: [], now: first, after: [], name: null });

  const set = useCallback((next: T, name: string | null = null) => {
    setPast(({ before, now, name: last }) =>
      name !== null && name === last
        ? { before, now: next, after: [], name }
        : { before: [...before, now].slice(-MOST_STEPS), now: next, after: [], name },
    );
  }, []);

  const undo = useCallback(() => {
    setPast((all) => {
      const last = all.before.at(-1);
      if (last === undefined) return all;
      const before = all.before.slice(0, -1);
      return { before, now: last, after: [all.now, ...all.after], name: null };
    });
  }, []);

  const redo = useCallback(() => {
    setPast((all) => {
      const [next, ...after] = all.after;
      if (next === undefined) return all;
      return { before: [...all.before, all.now], now: next, after, name: null };
    });
  }, []);

  /** Takes another value without a way back. */
  const reset = useCallback((next: T) => {
    setPast({ before: [], now: next, after: [], name: null });
  }, []);

  /** Takes another value as if it had been this one all along. */
  const replace = useCallback((next: T) => {
    setPast((all) => ({ ...all, now: next, name: null }));
  }, []);

  const { now, before, after } = past;
  return {
    now,
    set,
    undo,
    redo,
    reset,
    replace,
    canUndo: before.length > 0,
    canRedo: after.length > 0,
  };
}
