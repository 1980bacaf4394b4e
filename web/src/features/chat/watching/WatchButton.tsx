import { useTranslations } from "use-intl";
import { IconDeviceTv } from "@/ui/icons";
import classes from "./Party.module.css";
import { useStart } from "./useStart";

interface WatchButtonProps {
  conversationId: string;
  videoId: string;
  title: string;
  /** Seconds. */
  from: number;
}

/** On the card of a shared video. */
export function WatchButton({ conversationId, videoId, title, from }: WatchButtonProps) {
  const t = useTranslations("chat.watching");
  const { mutate, isPending } = useStart(conversationId);
  return (
    <button
      type="button"
      className={classes.start}
      disabled={isPending}
      aria-label={t("startOf", { title })}
      onClick={() => mutate({ videoId, from })}
    >
      <IconDeviceTv size={18} aria-hidden="true" />
      {t("start")}
    </button>
  );
}
