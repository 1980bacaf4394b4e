import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useErrorText } from "@/ui/errors";
import { IconAlertTriangle } from "@/ui/icons";
import classes from "./Messages.module.css";
import { MessageText } from "./MessageText";
import { isLost } from "./media/attachments";
import { attachments, useAttachments } from "./media/bringing";
import { UnsentMedia } from "./media/UnsentMedia";
import { sayAgain, throwAway, type Unsent } from "./outbox";
import { Quote } from "./Quote";
import { Ticks } from "./Ticks";
import { useWhen } from "./useWhen";

interface UnsentRowProps {
  unsent: Unsent;
  usernames: ReadonlySet<string>;
}

/** A message on its way; one that did not arrive stays with a way to send it again. */
export function UnsentRow({ unsent, usernames }: UnsentRowProps) {
  const t = useTranslations("chat");
  const text = useErrorText();
  const queries = useQueryClient();
  const when = useWhen();
  useAttachments();
  const items = (unsent.attached ?? []).flatMap((key) => attachments.find(key) ?? []);
  const error = items.find((one) => one.error)?.error ?? unsent.error;
  const hasFailed = error !== null && unsent.state !== "sending";
  return (
    <li className={classes.row} data-mine data-first>
      <div className={classes.column}>
        <article
          className={classes.bubble}
          data-waiting
          data-video={items.some(({ kind }) => kind !== "voice") || undefined}
          aria-label={t("messageBy", { name: t("you"), time: when.time(unsent.created_at) })}
        >
          {unsent.reply_to && <Quote reply={unsent.reply_to} />}
          <UnsentMedia unsent={unsent} items={items} />
          {unsent.text && <MessageText text={unsent.text} usernames={usernames} />}
          {unsent.video && <p className={classes.gone}>{t("preview.video")}</p>}
          <span className={classes.meta}>
            <time dateTime={unsent.created_at}>{when.time(unsent.created_at)}</time>
            {!hasFailed && <Ticks tick="sending" />}
          </span>
        </article>
        {hasFailed && (
          <div className={classes.notSent} role="alert">
            <span>
              <IconAlertTriangle size={15} />
              {isLost(error) ? t("notYetSent") : t("notSent", { reason: text(error) })}
            </span>
            <button type="button" onClick={() => void sayAgain(queries, unsent)}>
              {t("sendAgain")}
            </button>
            <button type="button" onClick={() => throwAway(unsent.client_id)}>
              {t("throwAway")}
            </button>
          </div>
        )}
      </div>
    </li>
  );
}
