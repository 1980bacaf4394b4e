import { lazy, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import type { VideoCard } from "@/api/types";
import { useWithdraw } from "@/features/moderation/useWithdraw";
import {
  IconClock,
  IconClockCheck,
  IconDotsVertical,
  IconEyeOff,
  IconPlaylistAdd,
  IconX,
} from "@/ui/icons";
import { PopItem, PopMenu } from "@/ui/PopMenu";
import classes from "./TileActions.module.css";
import { useWatchLater } from "./useWatchLater";

const SaveDialog = lazy(() => import("./SaveDialog"));

interface TileProps {
  video: VideoCard;
}

/** The shortcut for the mouse; the keyboard and fingers find the same in the menu. */
export function WatchLaterButton({ video }: TileProps) {
  const t = useTranslations("playlists");
  const [isNear, setNear] = useState(false);
  const { isLater, toggle } = useWatchLater(video.id, isNear);
  const Icon = isLater ? IconClockCheck : IconClock;
  return (
    <button
      type="button"
      tabIndex={-1}
      className={classes.later}
      aria-pressed={isLater}
      aria-label={t("addLaterOf", { title: video.title })}
      title={isLater ? t("notLater") : t("addLater")}
      onPointerEnter={() => setNear(true)}
      onClick={toggle}
    >
      <Icon size={20} stroke={1.7} />
    </button>
  );
}

interface TileMenuProps extends TileProps {
  /** Takes the video out of the history, where that is what is shown. */
  onForget?: () => void;
}

/** What one may do with a video from wherever it shows. */
export function TileMenu({ video, onForget }: TileMenuProps) {
  const t = useTranslations("playlists");
  const history = useTranslations("history");
  const moderation = useTranslations("moderation");
  const withdraw = useWithdraw(video);
  const [isWanted, setWanted] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const { isLater, toggle } = useWatchLater(video.id, isWanted);
  return (
    <>
      <PopMenu
        className={classes.menu}
        label={t("moreOf", { title: video.title })}
        icon={<IconDotsVertical size={19} stroke={1.7} />}
        onOpen={() => setWanted(true)}
      >
        <PopItem icon={isLater ? IconClockCheck : IconClock} onClick={toggle}>
          {isLater ? t("notLater") : t("addLater")}
        </PopItem>
        <PopItem icon={IconPlaylistAdd} onClick={() => setSaving(true)}>
          {t("saveToList")}
        </PopItem>
        {onForget && (
          <PopItem icon={IconX} onClick={onForget}>
            {history("forget")}
          </PopItem>
        )}
        {withdraw && (
          <PopItem icon={IconEyeOff} isBad onClick={withdraw}>
            {moderation("withdraw")}
          </PopItem>
        )}
      </PopMenu>
      {isSaving && (
        <Suspense>
          <SaveDialog videoId={video.id} onClose={() => setSaving(false)} />
        </Suspense>
      )}
    </>
  );
}
