import { lazy, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import type { Media, Message } from "@/api/types";
import { ChatVideo, VideoFace } from "./ChatVideo";
import classes from "./Media.module.css";
import { VoicePlayer } from "./VoicePlayer";

const MediaViewer = lazy(() => import("./MediaViewer"));

/** More tiles are behind the last one. */
const MOST_TILES = 4;
const NARROWEST = 0.75;
const WIDEST = 2;

/** Very long pictures are shown in part: all of them is in the viewer. */
const shapeOf = ({ width, height }: Media): number =>
  width && height ? Math.min(WIDEST, Math.max(NARROWEST, width / height)) : 16 / 9;

interface MessageMediaProps {
  message: Message;
  /** Who sent it, as the page calls them. */
  sender: string;
}

/** What a message brought along: a voice note, or pictures and videos. */
export function MessageMedia({ message, sender }: MessageMediaProps) {
  const t = useTranslations("attachments");
  const [open, setOpen] = useState<number | null>(null);
  const { media } = message;
  const voice = media.find(({ type }) => type === "voice");
  if (voice?.url) {
    return (
      <div className={classes.voice}>
        <VoicePlayer
          id={voice.id}
          url={voice.url}
          duration={voice.duration_seconds ?? 0}
          waveform={voice.waveform ?? []}
        />
      </div>
    );
  }
  const label = (at: number) => {
    const place = { at: at + 1, count: media.length, name: sender };
    return media[at]?.type === "video" ? t("videoFrom", place) : t("photoFrom", place);
  };
  const only = media.length === 1 ? media[0] : undefined;
  const hidden = media.length - MOST_TILES;
  return (
    <div className={classes.grid} data-count={Math.min(media.length, MOST_TILES)}>
      {media.slice(0, MOST_TILES).map((one, at) => {
        const style = only ? { aspectRatio: shapeOf(one) } : undefined;
        if (one.type === "video" && only) {
          return (
            <div key={one.id} className={classes.tile} style={style}>
              <ChatVideo media={one} label={label(at)} />
            </div>
          );
        }
        return (
          <button
            key={one.id}
            type="button"
            className={classes.tile}
            style={style}
            aria-label={t("open", { label: label(at) })}
            onClick={() => setOpen(at)}
          >
            {one.type === "video" ? (
              <VideoFace media={one} />
            ) : (
              one.url && (
                <img src={one.thumbnail_url ?? one.url} alt="" loading="lazy" decoding="async" />
              )
            )}
            {hidden > 0 && at === MOST_TILES - 1 && (
              <span className={classes.more}>{t("more", { count: hidden })}</span>
            )}
          </button>
        );
      })}
      {open !== null && (
        <Suspense>
          <MediaViewer media={media} first={open} label={label} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </div>
  );
}
