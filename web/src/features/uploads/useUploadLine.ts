import { useTranslations } from "use-intl";
import { useErrorText } from "@/ui/errors";
import { useFormats } from "@/ui/useFormats";
import type { UploadItem } from "./queue";
import { secondsLeft } from "./speed";

/** Where the bytes of an upload stand, in one line. */
export function useUploadLine() {
  const t = useTranslations("uploads");
  const { bytes, wait } = useFormats();
  const errorText = useErrorText();
  return (item: UploadItem): string => {
    const amount = t("amount", { sent: bytes(item.sent), size: bytes(item.size) });
    switch (item.state) {
      case "sending": {
        if (item.isStalled) return `${t("state.offline")} ${amount}`;
        const left = secondsLeft(item.size, item.sent, item.speed);
        const parts = [amount];
        if (item.speed !== null) parts.push(t("speed", { speed: bytes(item.speed) }));
        if (left !== null) parts.push(t("left", { time: wait(left) }));
        return parts.join(" · ");
      }
      case "paused":
        return `${t("state.paused")} · ${amount}`;
      case "offline":
        return t("state.offline");
      case "needs-file":
        return `${t("state.needs-file")} · ${amount}`;
      case "failed":
        return errorText(item.error);
      default:
        return t(`state.${item.state}`);
    }
  };
}

export const percentSent = ({ sent, size }: Pick<UploadItem, "sent" | "size">): number =>
  size > 0 ? Math.min(100, (sent / size) * 100) : 0;
