import { ActionIcon, Anchor } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useLocation, useMatchRoute } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Video } from "@/api/types";
import { videoQuery } from "@/features/library/queries";
import {
  useFailureText,
  useFollowedAsset,
  useProgressText,
} from "@/features/processing/AssetStatus";
import { Bar } from "@/ui/Bar";
import { IconChevronDown, IconChevronUp } from "@/ui/icons";
import { isUnfinished, type UploadItem } from "./queue";
import { UploadButtons } from "./UploadButtons";
import classes from "./UploadTray.module.css";
import { useUploads } from "./uploads";
import { percentSent, useUploadLine } from "./useUploadLine";

interface SentLineProps {
  video: Video;
}

/** After the last byte: how far the video is, and the way to watch it. */
function SentLine({ video }: SentLineProps) {
  const t = useTranslations("uploads");
  const asset = useFollowedAsset(video.asset);
  const text = useProgressText(asset);
  const failure = useFailureText();
  return (
    <div className={classes.foot} data-bad={asset.status === "error" || undefined}>
      <span className="tabular">{asset.status === "error" ? failure(asset) : text}</span>
      {asset.playable && (
        <Anchor component={Link} to={`/watch/${video.id}`} size="xs" fw={600}>
          {t("watchNow")}
        </Anchor>
      )}
    </div>
  );
}

interface TrayItemProps {
  item: UploadItem;
}

function TrayItem({ item }: TrayItemProps) {
  const t = useTranslations("uploads");
  const line = useUploadLine();
  const isSent = item.state === "sent" && item.videoId !== null;
  const { data: video } = useQuery({ ...videoQuery(item.videoId ?? ""), enabled: isSent });
  return (
    <li className={classes.item}>
      <div className={classes.line}>
        <span className={`${classes.name} clamp-1`}>{item.title}</span>
        <UploadButtons item={item} />
      </div>
      {item.state !== "failed" && item.state !== "sent" && (
        <Bar size={5} value={percentSent(item)} label={t("progressOf", { title: item.title })} />
      )}
      {isSent && video ? (
        <SentLine video={video} />
      ) : (
        <div className={classes.foot} data-bad={item.state === "failed" || undefined}>
          <span className="tabular">{line(item)}</span>
          {item.target && (
            <Anchor component={Link} to={item.target.href} size="xs" fw={600}>
              {t("toCourse")}
            </Anchor>
          )}
        </div>
      )}
    </li>
  );
}

/** The uploads in a corner of every page but the one that shows them in full. */
export default function UploadTray() {
  const t = useTranslations("uploads");
  const items = useUploads();
  const [isOpen, setOpen] = useState(true);
  const matchRoute = useMatchRoute();
  const isUploadPage = Boolean(matchRoute({ to: "/upload" }));
  const { pathname } = useLocation();
  const watching = matchRoute({ to: "/watch/$videoId" });
  // Whoever watches a video need not be told that it has arrived.
  const shown = items.filter(
    ({ state, videoId, target }) =>
      (target ? target.href !== pathname : !isUploadPage) &&
      !(state === "sent" && watching && watching.videoId === videoId),
  );
  if (shown.length === 0) return null;
  const unfinished = shown.filter(isUnfinished).length;
  return (
    <section className={classes.tray} aria-label={t("title")}>
      <div className={classes.head}>
        <h2>{unfinished > 0 ? t("sendingCount", { count: unfinished }) : t("allSent")}</h2>
        <ActionIcon
          onClick={() => setOpen(!isOpen)}
          aria-expanded={isOpen}
          aria-label={isOpen ? t("fold") : t("unfold")}
        >
          {isOpen ? <IconChevronDown size={20} /> : <IconChevronUp size={20} />}
        </ActionIcon>
      </div>
      {isOpen && (
        <ul className={classes.list}>
          {shown.map((item) => (
            <TrayItem key={item.key} item={item} />
          ))}
        </ul>
      )}
    </section>
  );
}
