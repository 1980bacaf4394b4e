import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError } from "@/api/client";
import type { CueList } from "@/api/gen";
import type { Video } from "@/api/types";
import { asChapters, type DraftCue, fromServer, inOrder, toServer } from "./draft";
import type { EditedTrack } from "./Editor";
import { changeCues, cuesQuery, refreshCaptions, writeCaptions } from "./queries";
import type { useDraft } from "./useDraft";

interface SavingOptions {
  video: Video;
  track: EditedTrack;
  revision: string | null;
  draft: ReturnType<typeof useDraft>;
  durationMs: number;
  onMade: (trackId: string) => void;
}

/** As the server has kept them: it takes out what no caption may hold. */
function asKept(sent: readonly DraftCue[], { items }: CueList): DraftCue[] {
  return sent.map((cue, at) => ({ ...cue, text: items[at]?.text ?? cue.text }));
}

/** Keeps the draft on the server, unless somebody else has kept another in the meantime. */
export function useSaving(options: SavingOptions) {
  const { video, track, draft, durationMs, onMade } = options;
  const queries = useQueryClient();
  const [saved, setSaved] = useState({ cues: draft.cues, revision: options.revision });

  const mutation = useMutation({
    mutationFn: async (revision: string | null) => {
      const ordered =
        track.kind === "chapters" ? asChapters(draft.cues, durationMs) : inOrder(draft.cues);
      const items = toServer(ordered);
      if (track.id && revision !== null) {
        const kept = await changeCues(video.id, track.id, { revision, items });
        return { kept, from: draft.cues, made: null };
      }
      const { language, kind, label } = track;
      const made = await writeCaptions(video.id, { language, kind, label, items });
      return { kept: null, from: draft.cues, made: made.id };
    },
    onSuccess: async ({ kept, from, made }) => {
      if (kept && track.id) {
        const ordered = asKept(inOrder(from), kept);
        setSaved({ cues: ordered, revision: kept.revision });
        draft.settleOn(from, ordered);
        queries.setQueryData(cuesQuery(video.id, track.id).queryKey, kept);
      }
      if (made) onMade(made);
      await refreshCaptions(queries, video.id);
    },
  });

  const { error, mutate, reset } = mutation;
  const isStale = error instanceof ApiError && error.code === "captions_changed";

  const takeTheirs = async () => {
    if (!track.id) return;
    const query = cuesQuery(video.id, track.id);
    const theirs = await queries.fetchQuery({ ...query, staleTime: 0 });
    const cues = fromServer(theirs.items);
    draft.reset(cues);
    setSaved({ cues, revision: theirs.revision });
    reset();
  };

  const keepMine = () => {
    if (!isStale) return;
    const revision = String(error.fields.revision);
    setSaved({ ...saved, revision });
    mutate(revision);
  };

  return {
    isDirty: draft.cues !== saved.cues,
    isSaving: mutation.isPending,
    error: isStale ? null : error,
    isStale,
    save: () => mutate(saved.revision),
    takeTheirs: () => void takeTheirs(),
    keepMine,
    forgetStale: reset,
  };
}
