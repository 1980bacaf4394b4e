import { useNavigate } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import { Thumbnail } from "@/ui/Thumbnail";
import { Countdown } from "./Countdown";
import { useQueue } from "./useQueue";

interface NextUpProps {
  playlistId: string;
  videoId: string;
}

/** After the end of a video of a playlist: goes on with the next one, unless told not to. */
export function NextUp({ playlistId, videoId }: NextUpProps) {
  const navigate = useNavigate();
  const { next } = useQueue(playlistId, videoId);
  const [isCancelled, setCancelled] = useState(false);
  const nextId = next?.id;
  const start = useCallback(() => {
    if (!nextId) return;
    const to = { to: "/watch/$videoId", params: { videoId: nextId } } as const;
    void navigate({ ...to, search: { list: playlistId } });
  }, [navigate, nextId, playlistId]);
  const cancel = useCallback(() => setCancelled(true), []);
  if (!next || isCancelled) return null;
  return (
    <Countdown
      key={next.id}
      title={next.title}
      picture={<Thumbnail video={{ ...next, progress: null }} eager />}
      onStart={start}
      onCancel={cancel}
    />
  );
}
