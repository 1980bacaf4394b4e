import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { playhead } from "@/player/playhead";
import { fieldId, type RowActions } from "./CueRow";
import {
  change,
  type DraftCue,
  inOrder,
  insertAfter,
  insertAt,
  merge,
  remove,
  shift,
  split,
} from "./draft";
import { useHistory } from "./useHistory";

type Field = "start" | "end" | "text";

const isInOrder = (cues: readonly DraftCue[]): boolean =>
  cues.every(({ start }, at) => start >= (cues[at - 1]?.start ?? 0));

/** Captions under work: what can be done to them, undone, and where the keyboard goes next. */
export function useDraft(first: () => readonly DraftCue[]) {
  const history = useHistory(useState(first)[0]);
  const { now: cues, set } = history;
  const [focus, setFocus] = useState<{ id: number; field: Field } | null>(null);
  const newest = useRef(cues);
  newest.current = cues;

  useEffect(() => {
    if (!focus) return;
    document.getElementById(fieldId(focus.id, focus.field))?.focus();
  }, [focus]);

  const focusOn = useCallback((id: number | undefined, field: Field = "text") => {
    if (id !== undefined) setFocus({ id, field });
  }, []);

  // The same functions for as long as the page is there, so that rows need not be drawn again.
  const actions = useMemo<RowActions>(
    () => ({
      edit: (id, values, step) => set(change(newest.current, id, values), step),
      settle: () => {
        if (!isInOrder(newest.current)) set(inOrder(newest.current));
      },
      split: (id, caret) => {
        const seconds = playhead.now();
        const done = split(newest.current, id, caret, seconds === null ? null : seconds * 1000);
        if (!done) return;
        set(done.cues);
        focusOn(done.id);
      },
      merge: (id) => {
        set(merge(newest.current, id));
        focusOn(id);
      },
      insertAfter: (id) => {
        const done = insertAfter(newest.current, id);
        set(done.cues);
        focusOn(done.id);
      },
      remove: (id) => {
        const at = newest.current.findIndex((cue) => cue.id === id);
        set(remove(newest.current, id));
        focusOn((newest.current[at + 1] ?? newest.current[at - 1])?.id);
      },
    }),
    [set, focusOn],
  );

  const addNow = () => {
    const done = insertAt(cues, (playhead.now() ?? 0) * 1000);
    set(done.cues);
    focusOn(done.id);
  };
  /** Takes what was kept in the place of what was sent, unless there is newer work. */
  const settleOn = (sent: readonly DraftCue[], kept: readonly DraftCue[]) => {
    if (newest.current === sent) history.replace(kept);
  };
  const shiftBy = (ms: number, from: number) => set(shift(cues, ms, from));
  const kept = focus ? cues.findIndex(({ id }) => id === focus.id) : -1;
  return { ...history, cues, actions, addNow, shiftBy, settleOn, focusOn, kept };
}
