import { useTranslations } from "use-intl";
import { IconMessageCircle } from "@/ui/icons";
import { Message } from "@/ui/Message";
import { usePageTitle } from "@/ui/page";
import classes from "./Chat.module.css";

/** Beside the list, until a conversation is opened. */
export function NothingOpen() {
  const t = useTranslations("chat");
  usePageTitle(t("title"));
  return (
    <div className={classes.nothing}>
      <Message icon={IconMessageCircle} title={t("choose")}>
        {t("chooseHint")}
      </Message>
    </div>
  );
}
