import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { PersonLook, Video } from "@/api/types";
import { useErrorText } from "@/ui/errors";
import { IconAlertTriangle } from "@/ui/icons";
import { CommentFrame } from "./CommentItem";
import classes from "./Comments.module.css";
import { CommentText } from "./CommentText";
import { sayAgain, throwAway, type Unsent } from "./unsent";

interface UnsentItemProps {
  unsent: Unsent;
  me: PersonLook;
  video: Video;
}

/** A comment on its way; one that did not arrive stays with a way to send it again. */
export function UnsentItem({ unsent, me, video }: UnsentItemProps) {
  const t = useTranslations("comments");
  const text = useErrorText();
  const queries = useQueryClient();
  const isSending = unsent.state === "sending";
  return (
    <article
      className={classes.item}
      data-small={unsent.parent_id ? true : undefined}
      aria-label={t("by", { name: me.display_name })}
    >
      <CommentFrame
        person={me}
        isSmall={unsent.parent_id !== null}
        facts={
          <span className={classes.when} role="status">
            {isSending && t("sending")}
          </span>
        }
      >
        <div className={classes.onItsWay}>
          <CommentText comment={{ ...unsent, mentions: [] }} video={video} />
        </div>
        {!isSending && (
          <div className={classes.notSent} role="alert">
            <span>
              <IconAlertTriangle size={16} />
              {t("notSent", { reason: text(unsent.error) })}
            </span>
            <button type="button" onClick={() => void sayAgain(queries, unsent)}>
              {t("sendAgain")}
            </button>
            <button type="button" onClick={() => throwAway(unsent)}>
              {t("throwAway")}
            </button>
          </div>
        )}
      </CommentFrame>
    </article>
  );
}
