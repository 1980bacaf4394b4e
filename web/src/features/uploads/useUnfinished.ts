import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { newestOfMineQuery } from "@/features/library/queries";
import { unfinishedQuery } from "./queries";
import { uploads } from "./uploads";

/** Brings back uploads that a reload or another device left unfinished. */
export function useUnfinishedUploads(): void {
  const { data: unfinished } = useQuery({
    ...unfinishedQuery(),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const hasSome = (unfinished?.items.length ?? 0) > 0;
  const { data: mine } = useQuery({ ...newestOfMineQuery(), enabled: hasSome });
  useEffect(() => {
    if (!unfinished || !mine) return;
    uploads.adopt(
      unfinished.items.flatMap(({ asset_id, url, filename, size_bytes, offset_bytes }) => {
        const video = mine.items.find(({ asset }) => asset.id === asset_id);
        // The list is as old as the page: what has arrived since needs nothing any more.
        if (video?.asset.status !== "pendingupload" || size_bytes === null) return [];
        const { id: videoId, title } = video;
        return [{ videoId, url, filename, size: size_bytes, sent: offset_bytes, title }];
      }),
    );
  }, [unfinished, mine]);
}
