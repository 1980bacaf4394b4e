import { useState } from "react";

/** What is being written, kept on this device until it is sent. */
export interface Draft {
  text: string;
  moment: number | null;
}

const EMPTY: Draft = { text: "", moment: null };

/** Whose draft it is, and what it would be said to. */
export const draftPlace = (authorId: string, videoId: string, parentId?: string): string =>
  [authorId, videoId, parentId].filter(Boolean).join(":");

const keyOf = (place: string) => `lumenhall-draft:${place}`;

export function readDraft(place: string): Draft {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(place)) ?? "null") as Partial<Draft> | null;
    return {
      text: typeof kept?.text === "string" ? kept.text : "",
      moment: typeof kept?.moment === "number" ? kept.moment : null,
    };
  } catch {
    return EMPTY;
  }
}

/** `place` says whose it is and where it stands; without one, nothing is kept. */
export function useDraft(place: string | null, first: string) {
  const [draft, setDraft] = useState<Draft>(() => {
    const kept = place === null ? EMPTY : readDraft(place);
    return kept.text ? kept : { ...kept, text: first };
  });
  const keep = (next: Draft) => {
    setDraft(next);
    if (place === null) return;
    try {
      if (next.text.trim() && next.text !== first) {
        localStorage.setItem(keyOf(place), JSON.stringify(next));
      } else {
        localStorage.removeItem(keyOf(place));
      }
    } catch {
      // A full or closed storage keeps no drafts; writing goes on.
    }
  };
  return { draft, keep, clear: () => keep({ ...EMPTY, text: "" }) };
}
