import { useQueryClient } from "@tanstack/react-query";
import type { Video } from "@/api/types";
import { useAssetTopic, useLiveEvents } from "@/realtime/live";
import { hear, type ReactionCounts } from "../reactions/reacting";
import { findComment } from "./cache";
import { commentTarget, forgetComment, refreshComments } from "./queries";
import { whenSent } from "./unsent";

const text = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** Keeps the comments on a video as they are for everybody else. */
export function useLiveComments({ id: videoId, asset }: Video): void {
  const queries = useQueryClient();
  useAssetTopic(asset.id, true);
  useLiveEvents(({ kind, data }) => {
    const id = text(data.comment_id);
    if (!id || data.video_id !== videoId) return;
    const parent = text(data.parent_id);
    switch (kind) {
      case "comment.added":
        // One's own is put in its place by the answer to it.
        void whenSent().then(() => {
          const isNew = !findComment(queries, id);
          return refreshComments(queries, [...(isNew ? [id] : []), ...(parent ? [parent] : [])]);
        });
        break;
      case "comment.changed":
        void refreshComments(queries, [id]);
        break;
      case "comment.deleted":
        void forgetComment(queries, id, parent);
        break;
      case "comment.reacted":
        hear(commentTarget(queries, id), data.reaction_counts as ReactionCounts);
        break;
    }
  });
}
