import { Button, Group, Stack } from "@mantine/core";
import { useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { Playback, Video } from "@/api/types";
import { usePlayback, useStoryboard } from "@/features/engagement/usePlayback";
import { PlainVideo } from "@/player/PlainVideo";
import type { StoryboardTile } from "@/player/storyboard";
import { Dialog } from "@/ui/Dialog";
import { FormError } from "@/ui/FormError";
import { formatClock } from "@/ui/format";
import classes from "./Thumbnail.module.css";

const FRAME_SECONDS = 1 / 30;
const STEPS = [
  ["secondBack", -1],
  ["frameBack", -FRAME_SECONDS],
  ["frameOn", FRAME_SECONDS],
  ["secondOn", 1],
] as const;
const TILES = 8;

/** Some pictures from all over the video. */
function spread(tiles: readonly StoryboardTile[]): StoryboardTile[] {
  const count = Math.min(TILES, tiles.length);
  return Array.from(
    { length: count },
    (_, at) => tiles[Math.floor((at * tiles.length) / count)],
  ).flatMap((tile) => tile ?? []);
}

function Tile({ tile, onChoose }: { tile: StoryboardTile; onChoose: () => void }) {
  const t = useTranslations("thumbnail");
  const { url, width, height, coords, startTime } = tile;
  return (
    <button
      type="button"
      className={classes.tile}
      aria-label={t("goTo", { time: formatClock(startTime) })}
      style={{ aspectRatio: `${width} / ${height}` }}
      onClick={onChoose}
    >
      <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        <image href={url} x={-coords.x} y={-coords.y} />
      </svg>
    </button>
  );
}

interface ChooserProps {
  video: Video;
  playback: Playback;
  error: string | null;
  isSending: boolean;
  onChoose: (seconds: number) => void;
}

function Chooser({ video, playback, error, isSending, onChoose }: ChooserProps) {
  const t = useTranslations("thumbnail");
  const element = useRef<HTMLVideoElement>(null);
  const [isReady, setReady] = useState(false);
  const tiles = spread(useStoryboard(playback));
  const go = (seconds: number) => {
    const player = element.current;
    if (!player) return;
    player.pause();
    player.currentTime = Math.min(player.duration || 0, Math.max(0, seconds));
  };
  return (
    <Stack gap="md">
      <div className={classes.stage} onLoadedDataCapture={() => setReady(true)}>
        <PlainVideo element={element} src={playback.hls_url} label={video.title} />
      </div>
      <Group gap="xs" justify="center">
        {STEPS.map(([name, seconds]) => (
          <Button
            key={name}
            size="xs"
            variant="default"
            disabled={!isReady}
            onClick={() => go((element.current?.currentTime ?? 0) + seconds)}
          >
            {t(name)}
          </Button>
        ))}
      </Group>
      <FormError text={error} />
      <Group justify="center">
        <Button
          disabled={!isReady}
          loading={isSending}
          onClick={() => onChoose(element.current?.currentTime ?? 0)}
        >
          {t("use")}
        </Button>
      </Group>
      {tiles.length > 1 && (
        <div className={classes.tiles}>
          {tiles.map((tile) => (
            <Tile key={tile.startTime} tile={tile} onChoose={() => go(tile.startTime)} />
          ))}
        </div>
      )}
    </Stack>
  );
}

interface FrameDialogProps extends Omit<ChooserProps, "playback"> {
  onClose: () => void;
}

/** Stops the video where it looks best. */
export function FrameDialog({ onClose, ...props }: FrameDialogProps) {
  const t = useTranslations("thumbnail");
  const { data: playback } = usePlayback(props.video.id, true);
  return (
    <Dialog title={t("choose")} size="lg" onClose={onClose}>
      {playback ? <Chooser {...props} playback={playback} /> : <div className={classes.stage} />}
    </Dialog>
  );
}
