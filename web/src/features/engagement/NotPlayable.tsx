import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import type { Video } from "@/api/types";
import { refreshVideos, retryVideo } from "@/features/library/queries";
import { isBeingMade, useFailureText, useProgressText } from "@/features/processing/AssetStatus";
import { Bar } from "@/ui/Bar";
import { useErrorText } from "@/ui/errors";
import { FormError } from "@/ui/FormError";
import { IconAlertTriangle, IconClock, IconRefresh, IconUpload } from "@/ui/icons";
import classes from "./WatchPage.module.css";

interface NotPlayableProps {
  video: Video;
}

function Failed({ video }: NotPlayableProps) {
  const t = useTranslations("watch");
  const queries = useQueryClient();
  const failure = useFailureText();
  const text = useErrorText();
  const retry = useMutation({
    mutationFn: () => retryVideo(video.id),
    onSuccess: () => refreshVideos(queries),
  });
  return (
    <>
      <IconAlertTriangle size={44} stroke={1.4} />
      <h2>{t("failed")}</h2>
      <p>{video.can_edit ? failure(video.asset) : t("failedForOthers")}</p>
      {video.can_edit && (
        <Button
          variant="white"
          color="dark"
          leftSection={<IconRefresh size={18} />}
          loading={retry.isPending}
          onClick={() => retry.mutate()}
        >
          {t("tryAgain")}
        </Button>
      )}
      <FormError text={retry.error && text(retry.error)} />
    </>
  );
}

/** Why there is nothing to play yet, and what happens next. */
export function NotPlayable({ video }: NotPlayableProps) {
  const t = useTranslations("watch");
  const { asset } = video;
  const progress = useProgressText(asset);
  return (
    <>
      {asset.thumbnail_url && <img className={classes.poster} src={asset.thumbnail_url} alt="" />}
      <div className={classes.wait} role="status">
        {asset.status === "error" && <Failed video={video} />}
        {asset.status === "pendingupload" && (
          <>
            <IconUpload size={44} stroke={1.4} />
            <h2>{t("notUploaded")}</h2>
            <p>{video.can_edit ? t("notUploadedHint") : t("notUploadedForOthers")}</p>
            {video.can_edit && (
              <Button component={Link} to="/upload" variant="white" color="dark">
                {t("toUploads")}
              </Button>
            )}
          </>
        )}
        {isBeingMade(asset) && (
          <>
            <IconClock size={44} stroke={1.4} />
            <h2>{t("preparing")}</h2>
            <p>{t("preparingHint")}</p>
            <Bar
              className={classes.bar}
              value={asset.processing_progress}
              label={t("preparing")}
              color="#f2b13c"
              isMoving
            />
            <p className="tabular">{progress}</p>
          </>
        )}
      </div>
    </>
  );
}
