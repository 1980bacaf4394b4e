import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import type { SharedVideo } from "@/api/types";
import { playbackQuery } from "@/features/engagement/queries";
import { useErrorText } from "@/ui/errors";
import { formatClock } from "@/ui/format";
import { IconPlayerPlayFilled } from "@/ui/icons";
import { Thumbnail } from "@/ui/Thumbnail";
import classes from "./VideoCard.module.css";
import { WatchButton } from "./watching/WatchButton";

const CardPlayer = lazy(() => import("./CardPlayer"));

interface VideoCardProps {
  video: SharedVideo;
  /** Where it can be watched together. */
  conversationId: string | undefined;
}

/** A video that somebody shared: it plays here from its moment, its title leads to its own page. */
export function VideoCard({ video, conversationId }: VideoCardProps) {
  const t = useTranslations("chat.video");
  const text = useErrorText();
  const [isPlaying, setPlaying] = useState(false);
  const { data: playback, error } = useQuery({ ...playbackQuery(video.id), enabled: isPlaying });
  const { id, title, duration_seconds, thumbnail_url, moment_seconds: moment } = video;
  const search = moment ? { t: moment } : {};
  return (
    <div className={classes.card}>
      <div className={classes.picture}>
        {isPlaying && playback ? (
          <Suspense>
            <CardPlayer videoId={id} title={title} startAt={moment ?? 0} />
          </Suspense>
        ) : (
          <button
            type="button"
            className={classes.play}
            aria-label={t("play", { title })}
            onClick={() => setPlaying(true)}
          >
            <Thumbnail video={{ asset: { thumbnail_url, duration_seconds }, progress: null }} />
            <span className={classes.sign} data-waiting={isPlaying || undefined}>
              <IconPlayerPlayFilled size={22} />
            </span>
          </button>
        )}
      </div>
      {error && (
        <p className={classes.error} role="alert">
          {text(error)}
        </p>
      )}
      <Link to="/watch/$videoId" params={{ videoId: id }} search={search} className={classes.title}>
        <bdi className="clamp-2">{title}</bdi>
        {moment !== null && <span>{t("from", { time: formatClock(moment) })}</span>}
      </Link>
      {conversationId && (
        <WatchButton
          conversationId={conversationId}
          videoId={id}
          title={title}
          from={moment ?? 0}
        />
      )}
    </div>
  );
}
