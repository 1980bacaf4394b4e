import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import type { Conversation, Me } from "@/api/types";
import { IconBellOff, IconPinFilled } from "@/ui/icons";
import { useFormats } from "@/ui/useFormats";
import classes from "./List.module.css";
import { nameOf, usePreview } from "./names";
import { Portrait } from "./Portrait";
import { useTyping } from "./typing";
import { useWhen } from "./useWhen";

interface ConversationRowProps {
  look: Conversation;
  me: Me;
}

/** One conversation in the list. */
export function ConversationRow({ look, me }: ConversationRowProps) {
  const t = useTranslations("chat");
  const finding = useTranslations("finding");
  const preview = usePreview(me.id);
  const { count } = useFormats();
  const { short } = useWhen();
  const isTyping = useTyping(look.id).length > 0;
  return (
    <li>
      <Link
        to="/chat/$conversationId"
        params={{ conversationId: look.id }}
        className={classes.row}
        data-unread={look.unread_count > 0 || undefined}
      >
        <Portrait look={look} size={48} />
        <span className={classes.words}>
          <span className={classes.line}>
            <bdi className={classes.name}>{nameOf(look)}</bdi>
            {look.is_muted && <IconBellOff size={15} role="img" aria-label={t("muted")} />}
            {look.is_pinned && <IconPinFilled size={14} role="img" aria-label={t("pinned")} />}
            {look.last_message_at && (
              <time className={classes.when} dateTime={look.last_message_at}>
                {short(look.last_message_at)}
              </time>
            )}
          </span>
          <span className={classes.line}>
            <span className={classes.preview} dir="auto" data-typing={isTyping || undefined}>
              {isTyping ? t("someoneTyping") : preview(look)}
            </span>
            {look.mentions.length > 0 && (
              <span className={classes.mention}>
                <span aria-hidden="true">@</span>
                <span className="visually-hidden">{finding("mentioned")}</span>
              </span>
            )}
            {look.unread_count > 0 && (
              <span className={classes.count} data-muted={look.is_muted || undefined}>
                <span aria-hidden="true">{count(look.unread_count)}</span>
                <span className="visually-hidden">{t("unread", { count: look.unread_count })}</span>
              </span>
            )}
          </span>
        </span>
      </Link>
    </li>
  );
}
