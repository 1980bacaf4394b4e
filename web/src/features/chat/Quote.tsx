import { useTranslations } from "use-intl";
import type { Message } from "@/api/types";
import classes from "./Messages.module.css";

interface QuoteProps {
  reply: NonNullable<Message["reply_to"]>;
  /** Leads to it. */
  onOpen?: () => void;
}

/** The message that another one answers, in short. */
export function Quote({ reply, onOpen }: QuoteProps) {
  const t = useTranslations("chat.preview");
  const { is_unsent, type, text, sender } = reply;
  const words = is_unsent
    ? t("unsent")
    : text || (type === "shared_video" ? t("video") : t("attachment"));
  const content = (
    <>
      <bdi className={classes.quoted}>{sender.display_name}</bdi>
      <span className="clamp-2" dir="auto">
        {words}
      </span>
    </>
  );
  if (!onOpen) return <div className={classes.quote}>{content}</div>;
  return (
    <button type="button" className={classes.quote} onClick={onOpen}>
      {content}
    </button>
  );
}
