import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useMemo } from "react";
import { useTranslations } from "use-intl";
import type { Video } from "@/api/types";
import { videoQuery } from "@/features/library/queries";
import { AssetProgress, useFailureText, useFollowedAsset } from "@/features/processing/AssetStatus";
import { Bar } from "@/ui/Bar";
import { IconPlayerPlay } from "@/ui/icons";
import { isRefused } from "./isRefused";
import type { UploadItem } from "./queue";
import { UploadButtons } from "./UploadButtons";
import classes from "./UploadPage.module.css";
import { uploads } from "./uploads";
import { percentSent, useUploadLine } from "./useUploadLine";
import { VideoDetails } from "./VideoDetails";

interface UploadCardProps {
  item: UploadItem;
}

/** A video that goes stops loading first, or the browser would miss the address it is loaded from. */
const stopLoading = (element: HTMLVideoElement | null) => () => {
  element?.removeAttribute("src");
  element?.load();
};

/** A frame of the file itself until the server has a poster. */
function Picture({ file, poster }: { file: File | null; poster: string | null }) {
  const url = useMemo(() => (file && !poster ? URL.createObjectURL(file) : null), [file, poster]);
  useEffect(() => () => (url ? URL.revokeObjectURL(url) : undefined), [url]);
  return (
    <div className={classes.picture}>
      {poster ? (
        <img src={poster} alt="" />
      ) : (
        url && (
          <video
            ref={stopLoading}
            src={`${url}#t=1`}
            muted
            playsInline
            preload="metadata"
            aria-hidden
            tabIndex={-1}
          />
        )
      )}
    </div>
  );
}

/** After the last byte: what the server does with it. */
function AfterUpload({ video }: { video: Video }) {
  const t = useTranslations("uploads");
  const asset = useFollowedAsset(video.asset);
  const failure = useFailureText();
  return (
    <>
      {asset.status === "error" ? (
        <p className={classes.line} data-bad role="alert">
          {failure(asset)}
        </p>
      ) : asset.status === "ready" ? (
        <p className={classes.line}>{t("allReady")}</p>
      ) : (
        <AssetProgress asset={asset} />
      )}
      {asset.playable && (
        <Button
          component={Link}
          to={`/watch/${video.id}`}
          mt="xs"
          size="sm"
          leftSection={<IconPlayerPlay size={18} />}
        >
          {t("watchNow")}
        </Button>
      )}
    </>
  );
}

export function UploadCard({ item }: UploadCardProps) {
  const t = useTranslations("uploads");
  const line = useUploadLine();
  const { data: video } = useQuery({
    ...videoQuery(item.videoId ?? ""),
    enabled: item.videoId !== null,
  });
  const isSent = item.state === "sent";
  const isFailed = item.state === "failed";
  return (
    <li className={classes.card} data-plain={isFailed || undefined}>
      {!isFailed && <Picture file={item.file} poster={video?.asset.thumbnail_url ?? null} />}
      <div className={classes.body}>
        <div className={classes.status}>
          <div>
            {isSent && video ? (
              <AfterUpload video={video} />
            ) : (
              <>
                {!isFailed && (
                  <Bar
                    size={8}
                    value={percentSent(item)}
                    label={t("progressOf", { title: item.title })}
                  />
                )}
                <p
                  className={`${classes.line} tabular`}
                  data-bad={isFailed || undefined}
                  role={isFailed ? "alert" : undefined}
                >
                  {isFailed ? `${item.filename}: ${line(item)}` : line(item)}
                </p>
              </>
            )}
          </div>
          <UploadButtons item={item} />
        </div>
        {item.state === "needs-file" && (
          <p className={classes.line}>{t("needsFileHint", { name: item.filename })}</p>
        )}
        {video && !isRefused(item) && (
          <VideoDetails video={video} onTitle={(title) => uploads.rename(item.key, title)} />
        )}
      </div>
    </li>
  );
}
