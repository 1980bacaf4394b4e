import { Checkbox, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Video } from "@/api/types";
import { readMoment } from "@/player/moment";
import { playhead } from "@/player/playhead";
import { CopyButton } from "@/ui/CopyButton";
import { Dialog } from "@/ui/Dialog";
import { formatClock } from "@/ui/format";
import classes from "./ShareDialog.module.css";

/** The short link of a video, as it is passed on. */
const linkTo = (shortId: string, moment: number | undefined): string =>
  `${location.origin}/v/${shortId}${moment ? `?t=${moment}` : ""}`;

interface ShareDialogProps {
  video: Video;
  onClose: () => void;
}

/** The short link to copy, from the beginning or from the second where the player is. */
export function ShareDialog({ video, onClose }: ShareDialogProps) {
  const t = useTranslations("watch.share");
  const [start, setStart] = useState(() => formatClock(playhead.now() ?? 0));
  const [isFromStart, setFromStart] = useState(false);
  const moment = readMoment(start);
  const end = video.asset.duration_seconds;
  const isWrong = moment === undefined || (end !== null && moment >= end);
  const link = linkTo(video.short_id, isFromStart && !isWrong ? moment : undefined);
  return (
    <Dialog title={t("title")} onClose={onClose}>
      <div className={classes.link}>
        <TextInput
          aria-label={t("link")}
          value={link}
          readOnly
          data-autofocus
          onFocus={({ target }) => target.select()}
        />
        <CopyButton value={link} label={t("copy")} variant="filled" />
      </div>
      <div className={classes.start}>
        <Checkbox
          label={t("startAt")}
          checked={isFromStart}
          onChange={({ target }) => setFromStart(target.checked)}
        />
        <TextInput
          className={classes.moment}
          aria-label={t("moment")}
          value={start}
          disabled={!isFromStart}
          error={isFromStart && isWrong ? t("noMoment", { end: formatClock(end ?? 0) }) : null}
          onChange={({ target }) => setStart(target.value)}
          onBlur={() => moment !== undefined && setStart(formatClock(moment))}
        />
      </div>
      <p className={classes.note}>{video.published ? t("note") : t("draftNote")}</p>
    </Dialog>
  );
}
