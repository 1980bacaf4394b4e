import { Button } from "@mantine/core";
import { useTranslations } from "use-intl";
import type { ConversationDetail } from "@/api/types";
import { FormError } from "@/ui/FormError";
import classes from "./Chat.module.css";
import { nameOf } from "./names";
import { useAnswer } from "./useAnswer";

interface RequestBarProps {
  detail: ConversationDetail;
}

/** Instead of the composer, until a request is accepted. */
export function RequestBar({ detail }: RequestBarProps) {
  const t = useTranslations("chat.requests");
  const { answer, isPending, error } = useAnswer();
  const name = nameOf(detail);
  if (detail.request === "outgoing") {
    return <p className={classes.asked}>{t("waits", { name })}</p>;
  }
  return (
    <div className={classes.asked}>
      <p>{t("asks", { name })}</p>
      <FormError text={error} />
      <div className={classes.answers}>
        <Button radius="xl" loading={isPending} onClick={() => answer(detail.id, true)}>
          {t("accept")}
        </Button>
        <Button
          radius="xl"
          variant="default"
          disabled={isPending}
          onClick={() => answer(detail.id, false)}
        >
          {t("decline")}
        </Button>
      </div>
    </div>
  );
}
