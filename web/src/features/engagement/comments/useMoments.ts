import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { PlayerMoment } from "@/player/Moments";
import { momentsQuery } from "./queries";

/** The comments that name a moment, as the time bar shows them. */
export function useMoments(videoId: string): PlayerMoment[] {
  const { data } = useQuery(momentsQuery(videoId));
  return useMemo(
    () =>
      (data?.items ?? []).map(({ id, moment_seconds, author, text }) => ({
        id,
        seconds: moment_seconds,
        person: author,
        text,
      })),
    [data],
  );
}
