import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useMemo, useState } from "react";
import type { Video } from "@/api/types";
import { useAssetTopic, useLiveEvents } from "@/realtime/live";
import { standingQuery, videoReactors, videoTarget } from "./queries";
import { ReactionButton } from "./ReactionButton";
import classes from "./Reactions.module.css";
import { hear, type ReactionCounts } from "./reacting";
import { Tally } from "./Tally";
import { useReact } from "./useReact";

const WhoReacted = lazy(() => import("./WhoReacted"));

interface ReactionBarProps {
  video: Video;
}

/** How a video is received, live, and one's own word on it. */
export function ReactionBar({ video }: ReactionBarProps) {
  const queries = useQueryClient();
  const target = useMemo(() => videoTarget(queries, video.id), [queries, video.id]);
  const { data: standing } = useQuery(standingQuery(video.id));
  const [isOpen, setOpen] = useState(false);
  const onReact = useReact(target);
  useAssetTopic(video.asset.id, true);
  useLiveEvents(({ kind, data }) => {
    if (kind === "video.reacted" && data.video_id === video.id) {
      hear(target, data.reaction_counts as ReactionCounts);
    }
  });
  const counts = standing?.reaction_counts ?? {};
  return (
    <div className={classes.bar}>
      <ReactionButton
        mine={standing?.my_reaction ?? null}
        isReady={standing !== undefined}
        onReact={onReact}
      />
      <Tally counts={counts} onOpen={() => setOpen(true)} />
      {isOpen && (
        <Suspense>
          <WhoReacted
            reactors={videoReactors(video.id)}
            counts={counts}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </div>
  );
}
