import "@vidstack/react/player/styles/default/theme.css";
import "@vidstack/react/player/styles/default/layouts/video.css";
import {
  type HLSProvider,
  MediaPlayer,
  type MediaPlayerInstance,
  MediaProvider,
  Poster,
  Track,
} from "@vidstack/react";
import { DefaultVideoLayout, defaultLayoutIcons } from "@vidstack/react/player/layouts/default";
import { type MediaHTMLAttributes, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { withPlainText } from "./cues";
import { grantOf, isSameMedia } from "./grant";
import { setUpHls, startHlsAt } from "./hls";
import { SHORTCUTS } from "./keys";
import { LOAD_AGAIN_MS, loadAgain } from "./loadAgain";
import { Moments, type PlayerMoment } from "./Moments";
import { playhead } from "./playhead";
import { PlayerPreferences } from "./preferences";
import type { StoryboardTile } from "./storyboard";
import { TapSeek } from "./TapSeek";
import { useFrameHold } from "./useFrameHold";
import { usePlayerWords } from "./usePlayerWords";
import { useQuietThumbnails } from "./useQuietThumbnails";
import classes from "./VideoPlayer.module.css";

export interface PlayerCaption {
  id: string;
  language: string;
  kind: "subtitles" | "captions" | "chapters";
  label: string;
  is_default: boolean;
  /** The WebVTT text itself. */
  text: string;
  /** Another one for every text. */
  version: string;
}

/** What somebody wants of a player, by whatever button or key. */
export type Asked =
  | { kind: "play" | "pause" }
  | { kind: "seek"; seconds: number }
  | { kind: "rate"; rate: number };

/** Others have a say in when it plays. */
export interface Steering {
  /** It is done here at once as well. */
  onAsked: (asked: Asked) => void;
  /** Gives the element that plays; it begins only by this. */
  take: (find: () => HTMLVideoElement | null) => void;
}

export interface VideoPlayerProps {
  title: string;
  /** Which video it is. Another one takes its place in the same player. */
  media: string;
  /** An HLS master playlist. Another grant in it is taken up silently; another path reloads in place. */
  src: string;
  poster: string | null;
  captions: readonly PlayerCaption[];
  storyboard: readonly StoryboardTile[];
  /** What people say about single seconds: marks on the time bar. */
  moments: readonly PlayerMoment[];
  /** Seconds; only the first value of each video counts. */
  startAt: number;
  /** Of the whole, also while the playlist still grows. Seconds. */
  duration: number | null;
  aspect: number;
  /** The picture alone: what surrounds it has the controls. */
  isSmall: boolean;
  /** Somebody wants to know the keys, where there is a list of them. */
  onKeyList?: () => void;
  onTime: (seconds: number) => void;
  onJump: (seconds: number) => void;
  onPlay: () => void;
  onPause: () => void;
  onEnded: () => void;
  /** The addresses no longer work: fetch new ones. */
  onStale: () => void;
  steering?: Steering;
}

/** Without chapters, the title of the video would stand there once more. */
const NO_CHAPTER = { chapterTitle: <div className="vds-controls-spacer" /> };

/** Browsers that know HLS would begin to load before hls.js takes over. */
const NOT_BY_ITSELF: MediaHTMLAttributes<HTMLMediaElement> = { preload: "none" };

/** One that has not begun yet is still to begin. */
const isToGoOn = (player: MediaPlayerInstance | null): boolean =>
  !(player?.state.started && player.paused);

function KeysItem({ onClick }: { onClick: () => void }) {
  const t = useTranslations("player.keys");
  return (
    <button
      type="button"
      role="menuitem"
      className={`vds-menu-item ${classes.keys}`}
      onClick={onClick}
    >
      {t("title")}
    </button>
  );
}

/** The player of the whole site; nothing outside this folder knows what it is made of. */
export function VideoPlayer(props: VideoPlayerProps) {
  const { title, media, src, poster, captions, storyboard, startAt, duration, aspect, isSmall } =
    props;
  const { steering } = props;
  const isSteered = steering !== undefined;
  const player = useRef<MediaPlayerInstance>(null);
  const hls = useRef<HLSProvider | null>(null);
  const position = useRef(startAt);
  const firstSecond = useRef(startAt);
  firstSecond.current = startAt;
  const goesOn = useRef(true);
  const [loaded, setLoaded] = useState(src);
  const [hasChanged, setChanged] = useState(false);
  const video = useRef(media);
  /** No longer the last video, not yet the next one: its time is of no use. */
  const isBetween = useRef(false);
  const grant = useRef<string | null>(null);
  // A new object would load everything again.
  const source = useMemo(() => ({ src: loaded, type: "application/x-mpegurl" as const }), [loaded]);
  // Its first drawing is for servers: an address in it would be loaded by the browser as well.
  const [isDrawn, setDrawn] = useState(false);
  useEffect(() => setDrawn(true), []);
  const words = usePlayerWords();
  const allChapters = captions.filter(({ kind }) => kind === "chapters");
  const chapters = allChapters.find(({ is_default }) => is_default) ?? allChapters[0];
  const storage = useMemo(
    () => new PlayerPreferences(() => position.current, !isSteered),
    [isSteered],
  );
  const take = steering?.take;
  useEffect(() => take?.(() => player.current?.el?.querySelector("video") ?? null), [take]);
  const { canvas, isHeld, hold, release } = useFrameHold();
  useQuietThumbnails(player);
  useEffect(
    () =>
      playhead.attach({
        seek: (seconds) => {
          if (player.current) player.current.currentTime = seconds;
        },
        play: () => void player.current?.play().catch(() => undefined),
        pause: () => void player.current?.pause().catch(() => undefined),
        toggle: () => {
          const paused = player.current?.paused;
          if (paused) void player.current?.play().catch(() => undefined);
          else void player.current?.pause();
        },
      }),
    [],
  );

  // The newest grant serves every request; only another path has to be loaded.
  useEffect(() => {
    grant.current = grantOf(src);
    if (isSameMedia(src, loaded)) return;
    if (video.current === media) {
      // Better renditions are there: go on at the same second.
      goesOn.current = isToGoOn(player.current);
      hold(player.current?.el ?? null);
    } else {
      video.current = media;
      position.current = firstSecond.current;
      goesOn.current = true;
      isBetween.current = true;
      release();
    }
    startHlsAt(hls.current, position.current);
    setLoaded(src);
    setChanged(true);
  }, [src, loaded, media, hold, release]);

  const again = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** Something has been loaded since the last failure. */
  const hasCome = useRef(false);
  const loadOn = useCallback(() => {
    const hasFailed = again.current !== undefined;
    clearTimeout(again.current);
    again.current = undefined;
    const isGoing = goesOn.current || player.current?.paused === false;
    const instance = hls.current?.instance;
    const isNew = loadAgain(instance, position.current);
    if (!hasFailed) return;
    // What fails or is loaded anew is paused by the browser, which the player has yet to hear of.
    if (isGoing && !isSteered) void instance?.media?.play().catch(() => undefined);
    goesOn.current = isNew && isGoing;
    // What is here still plays; whether more comes is seen later.
    if (!isNew && !hasCome.current) again.current = setTimeout(loadOn, LOAD_AGAIN_MS);
  }, [isSteered]);
  useEffect(() => {
    window.addEventListener("online", loadOn);
    return () => {
      clearTimeout(again.current);
      window.removeEventListener("online", loadOn);
    };
  }, [loadOn]);

  useEffect(() => {
    player.current?.el?.style.setProperty("--aspect", String(aspect));
  }, [aspect]);

  return (
    <div className={classes.frame}>
      <MediaPlayer
        ref={player}
        className={classes.player}
        title={title}
        src={isDrawn ? source : undefined}
        viewType="video"
        streamType="on-demand"
        duration={duration ?? undefined}
        autoPlay={!hasChanged && !isSteered}
        playsInline
        fullscreenOrientation={aspect > 1 ? "landscape" : "portrait"}
        load="eager"
        posterLoad="eager"
        storage={storage}
        keyTarget={isSteered ? "player" : "document"}
        keyDisabled={isSmall}
        keyShortcuts={SHORTCUTS}
        onProviderChange={(provider) => {
          hls.current = setUpHls(provider, {
            grant: () => grant.current,
            startAt: () => position.current,
          });
        }}
        onLoadedMetadata={() => {
          isBetween.current = false;
        }}
        onMediaPlayRequest={() => steering?.onAsked({ kind: "play" })}
        onMediaPauseRequest={() => steering?.onAsked({ kind: "pause" })}
        onMediaSeekRequest={(seconds) => steering?.onAsked({ kind: "seek", seconds })}
        onMediaRateChangeRequest={(rate) => steering?.onAsked({ kind: "rate", rate })}
        onPlay={props.onPlay}
        onPlaying={release}
        onCanPlay={() => {
          if (!hasChanged) return;
          if (isSteered) release();
          else if (goesOn.current) void player.current?.play().catch(release);
          else release();
        }}
        onTimeUpdate={({ currentTime }) => {
          if (isHeld() || isBetween.current) return;
          position.current = currentTime;
          playhead.moved(currentTime);
          props.onTime(currentTime);
        }}
        onSeeked={(seconds) => {
          if (isHeld() || isBetween.current) return;
          // While it is paused, nothing else says so.
          position.current = seconds;
          playhead.moved(seconds);
          props.onJump(seconds);
        }}
        onPause={props.onPause}
        onEnded={props.onEnded}
        onHlsFragLoaded={() => {
          hasCome.current = true;
        }}
        onError={() => {
          props.onStale();
          // The player has given up, we have not.
          if (again.current !== undefined) return;
          goesOn.current = isToGoOn(player.current);
          hasCome.current = false;
          again.current = setTimeout(loadOn, LOAD_AGAIN_MS);
        }}
      >
        <MediaProvider mediaProps={NOT_BY_ITSELF}>
          {poster && <Poster className="vds-poster" src={poster} alt="" />}
          {captions.map(({ id, language, kind, label, is_default, text, version }) => (
            <Track
              // Edited captions are another track to the player.
              key={version}
              id={id}
              content={kind === "chapters" ? withPlainText(text) : text}
              type="vtt"
              kind={kind}
              lang={language}
              label={label}
              default={kind === "chapters" ? id === chapters?.id : is_default}
            />
          ))}
        </MediaProvider>
        {!isSmall && <TapSeek player={player} />}
        <canvas ref={canvas} className={classes.hold} />
        {!isSmall && (
          <DefaultVideoLayout
            icons={defaultLayoutIcons}
            colorScheme="dark"
            thumbnails={storyboard.length > 0 ? [...storyboard] : null}
            translations={words}
            seekStep={10}
            noAudioGain
            playbackRates={[0.5, 0.75, 1, 1.25, 1.5, 1.75, 2]}
            slots={{
              googleCastButton: null,
              downloadButton: null,
              settingsMenuItemsEnd: props.onKeyList && <KeysItem onClick={props.onKeyList} />,
              afterTimeSlider: <Moments moments={props.moments} />,
              ...(chapters ? {} : NO_CHAPTER),
            }}
          />
        )}
      </MediaPlayer>
    </div>
  );
}
