import type { KeyboardEvent } from "react";
import { playhead } from "@/player/playhead";
import type { useDraft } from "./useDraft";

interface EditorKeysOptions {
  draft: ReturnType<typeof useDraft>;
  isChapters: boolean;
  save: () => void;
}

/** The keys of the editor, all with Ctrl, so that every other one types. */
export function useEditorKeys({ draft, isChapters, save }: EditorKeysOptions) {
  const { cues, actions } = draft;

  const goOn = ({ target, shiftKey }: KeyboardEvent) => {
    if (!(target instanceof HTMLTextAreaElement)) return;
    const at = cues.findIndex(({ id }) => id === Number(target.dataset.cue));
    const [cue, next] = [cues[at], cues[at + 1]];
    if (!cue) return;
    if (shiftKey && !isChapters) actions.split(cue.id, target.selectionStart);
    else if (next) draft.focusOn(next.id);
    else actions.insertAfter(cue.id);
  };

  const keys: Record<string, (event: KeyboardEvent) => void> = {
    s: save,
    " ": () => playhead.toggle(),
    z: ({ shiftKey }) => (shiftKey ? draft.redo() : draft.undo()),
    y: draft.redo,
    enter: goOn,
  };

  return (event: KeyboardEvent) => {
    const act = event.ctrlKey || event.metaKey ? keys[event.key.toLowerCase()] : undefined;
    if (!act || event.altKey) return;
    event.preventDefault();
    act(event);
  };
}
