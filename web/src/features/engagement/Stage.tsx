import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { Video } from "@/api/types";
import { useFollowedAsset } from "@/features/processing/AssetStatus";
import { playhead } from "@/player/playhead";
import { useErrorText } from "@/ui/errors";
import { aspectOf } from "./aspect";
import { NotPlayable } from "./NotPlayable";
import { nowPlaying, useNowPlaying } from "./nowPlaying";
import { playbackQuery } from "./queries";
import { Waiting } from "./Waiting";
import classes from "./WatchPage.module.css";

/** The second that the address asks for. */
function useMomentOfAddress({ asset }: Video): number | undefined {
  const { t } = useSearch({ from: "/_app/watch/$videoId" });
  const end = asset.duration_seconds;
  return t !== undefined && end && t >= end ? 0 : t;
}

interface WantedProps {
  video: Video;
  listId: string | undefined;
  place: HTMLElement;
}

/** Has the video play in the place, or says why it cannot. */
function Wanted({ video, listId, place }: WantedProps) {
  const t = useTranslations("watch");
  const text = useErrorText();
  const asset = useFollowedAsset(video.asset);
  const moment = useMomentOfAddress(video);
  const { data: playback, error } = useQuery({
    ...playbackQuery(video.id),
    enabled: asset.playable,
  });
  const canPlay = asset.playable && (playback !== undefined || !error);
  const { id } = video;
  const newest = useRef(video);
  newest.current = video;
  useLayoutEffect(() => {
    const before = nowPlaying.current();
    if (!canPlay) return nowPlaying.close();
    nowPlaying.show({ video: newest.current, listId, moment }, place);
    const isSame = before?.video.id === id;
    if (isSame && moment !== undefined && moment !== before.moment) playhead.seek(moment);
  }, [id, canPlay, listId, moment, place]);
  useEffect(() => nowPlaying.refresh(video), [video]);
  const isThere = useNowPlaying()?.video.id === video.id;
  if (!asset.playable) return <NotPlayable video={{ ...video, asset }} />;
  if (!canPlay) {
    return (
      <div className={classes.wait} role="alert">
        <h2>{t("cannotPlay")}</h2>
        <p>{text(error)}</p>
      </div>
    );
  }
  return isThere ? null : <Waiting poster={video.asset.thumbnail_url} />;
}

interface StageProps {
  /** Until it is known, what played before stays. */
  video: Video | undefined;
  /** The playlist that goes on after it. */
  listId: string | undefined;
}

/** The place of the picture: the player, or a friendly word on why there is none yet. */
export function Stage({ video, listId }: StageProps) {
  const [place, setPlace] = useState<HTMLElement | null>(null);
  useLayoutEffect(() => {
    if (place) return () => nowPlaying.leave(place);
  }, [place]);
  return (
    <div className={classes.stage} style={{ "--aspect": aspectOf(video) } as object} data-stage>
      {video && place && <Wanted key={video.id} video={video} listId={listId} place={place} />}
      <div ref={setPlace} className={classes.place} />
    </div>
  );
}
