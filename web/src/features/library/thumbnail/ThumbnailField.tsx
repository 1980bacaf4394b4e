import { Button, FileButton, Loader, Stack } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { Video } from "@/api/types";
import { useErrorText } from "@/ui/errors";
import { FormError } from "@/ui/FormError";
import { IconMovieOff, IconPhoto, IconPhotoPlus, IconRefresh } from "@/ui/icons";
import { toastError } from "@/ui/toasts";
import { FrameDialog } from "./FrameDialog";
import { chooseFrame, resetThumbnail, showChanged, uploadThumbnail } from "./queries";
import classes from "./Thumbnail.module.css";

/** The address without its grant: it changes with the picture only. */
const versionOf = (url: string | null | undefined): string => url?.split("?")[1] ?? "";

/** Says so when a frame was chosen and the picture is still the one before. */
function useNoticeOfFailure({ asset }: Video): void {
  const t = useTranslations("thumbnail");
  const before = useRef<string | null>(null);
  const version = versionOf(asset.thumbnail_url);
  useEffect(() => {
    if (asset.thumbnail_pending) {
      before.current ??= version;
      return;
    }
    if (before.current === version) toastError(t("failed"));
    before.current = null;
  }, [asset.thumbnail_pending, version, t]);
}

interface ThumbnailFieldProps {
  video: Video;
}

/** The picture of a video: a frame of it, a picture of one's own, or the automatic one. */
export function ThumbnailField({ video }: ThumbnailFieldProps) {
  const t = useTranslations("thumbnail");
  const text = useErrorText();
  const queries = useQueryClient();
  const [isChoosing, setChoosing] = useState(false);
  const { asset } = video;
  useNoticeOfFailure(video);
  const act = useMutation({
    mutationFn: (work: () => Promise<Video>) => work(),
    onSuccess: async (changed) => {
      setChoosing(false);
      await showChanged(queries, changed);
    },
  });
  const error = act.error && text(act.error);
  return (
    <fieldset className={classes.box}>
      <legend>{t("title")}</legend>
      <div className={classes.field}>
        <div className={classes.picture}>
          {asset.thumbnail_url ? (
            <img src={asset.thumbnail_url} alt={t("current")} />
          ) : (
            <IconMovieOff size={28} stroke={1.5} />
          )}
          {asset.thumbnail_pending && (
            <div className={classes.pending} role="status">
              <Loader size="sm" color="white" />
              {t("pending")}
            </div>
          )}
        </div>
        <Stack gap="xs">
          <Button
            variant="default"
            size="sm"
            leftSection={<IconPhoto size={17} />}
            disabled={!asset.playable}
            onClick={() => setChoosing(true)}
          >
            {t("choose")}
          </Button>
          <FileButton
            accept="image/jpeg,image/png,image/webp,image/gif"
            onChange={(file) => file && act.mutate(() => uploadThumbnail(video.id, file))}
          >
            {(props) => (
              <Button
                {...props}
                variant="default"
                size="sm"
                leftSection={<IconPhotoPlus size={17} />}
                loading={act.isPending && !isChoosing}
              >
                {t("upload")}
              </Button>
            )}
          </FileButton>
          {asset.has_own_thumbnail && (
            <Button
              variant="subtle"
              color="gray"
              size="sm"
              leftSection={<IconRefresh size={17} />}
              onClick={() => act.mutate(() => resetThumbnail(video.id))}
            >
              {t("reset")}
            </Button>
          )}
        </Stack>
      </div>
      {!isChoosing && <FormError text={error} />}
      {isChoosing && (
        <FrameDialog
          video={video}
          error={error}
          isSending={act.isPending}
          onChoose={(seconds) => act.mutate(() => chooseFrame(video.id, seconds))}
          onClose={() => {
            act.reset();
            setChoosing(false);
          }}
        />
      )}
    </fieldset>
  );
}
