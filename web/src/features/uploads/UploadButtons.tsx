import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { refreshVideos } from "@/features/library/queries";
import { useConfirm } from "@/ui/Confirm";
import { useErrorText } from "@/ui/errors";
import { IconPlayerPause, IconPlayerPlay, IconRefresh, IconX } from "@/ui/icons";
import { toastError } from "@/ui/toasts";
import { isRefused } from "./isRefused";
import { isUnfinished, type UploadItem } from "./queue";
import { uploads } from "./uploads";
import { useFilePicker } from "./useFilePicker";

interface UploadButtonsProps {
  item: UploadItem;
}

/** Asks, then removes the upload here and on the server. */
function useCancel(item: UploadItem) {
  const t = useTranslations("uploads");
  const confirm = useConfirm();
  const text = useErrorText();
  const queries = useQueryClient();
  return async () => {
    const isSure = await confirm({
      title: t("cancelTitle"),
      text: t("cancelText", { title: item.title }),
      action: t("cancelButton"),
    });
    if (!isSure) return;
    try {
      await uploads.cancel(item.key);
    } catch (error) {
      toastError(text(error));
    }
    await refreshVideos(queries);
    await queries.invalidateQueries({ queryKey: ["quota"] });
  };
}

/** Asks for the file that a reload took from the browser. */
export function ContinueButton({ item }: UploadButtonsProps) {
  const t = useTranslations("uploads");
  const pick = useFilePicker();
  const choose = () =>
    pick({
      multiple: false,
      onFiles: ([file]) => {
        if (file && !uploads.giveFile(item.key, file)) {
          toastError(t("otherFile", { name: item.filename }));
        }
      },
    });
  return (
    <Button size="xs" variant="light" onClick={choose}>
      {t("chooseAgain")}
    </Button>
  );
}

/** Pause, go on, try again, cancel: what fits the moment. */
export function UploadButtons({ item }: UploadButtonsProps) {
  const t = useTranslations("uploads");
  const cancel = useCancel(item);
  const { key, state, title } = item;
  const canPause = state === "sending" || state === "waiting" || state === "offline";
  return (
    <>
      {state === "needs-file" && <ContinueButton item={item} />}
      {canPause && (
        <Tooltip label={t("pause")}>
          <ActionIcon aria-label={t("pauseOf", { title })} onClick={() => uploads.pause(key)}>
            <IconPlayerPause size={20} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      )}
      {state === "paused" && (
        <Tooltip label={t("resume")}>
          <ActionIcon aria-label={t("resumeOf", { title })} onClick={() => uploads.resume(key)}>
            <IconPlayerPlay size={20} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      )}
      {state === "failed" && item.file && !isRefused(item) && (
        <Tooltip label={t("tryAgain")}>
          <ActionIcon aria-label={t("tryAgainOf", { title })} onClick={() => uploads.resume(key)}>
            <IconRefresh size={20} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      )}
      {isUnfinished(item) ? (
        <Tooltip label={t("cancel")}>
          <ActionIcon aria-label={t("cancelOf", { title })} onClick={() => void cancel()}>
            <IconX size={20} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      ) : (
        <Tooltip label={t("dismiss")}>
          <ActionIcon aria-label={t("dismissOf", { title })} onClick={() => uploads.dismiss(key)}>
            <IconX size={20} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      )}
    </>
  );
}
