import { useTranslations } from "use-intl";
import type { Conversation } from "@/api/types";
import { Avatar } from "@/ui/Avatar";
import { IconUsersGroup } from "@/ui/icons";
import classes from "./List.module.css";

interface PortraitProps {
  look: Pick<Conversation, "type" | "person" | "is_online" | "picture_url">;
  size: number;
}

/** The picture of a conversation, with a dot while the other person is here. */
export function Portrait({ look, size }: PortraitProps) {
  const t = useTranslations("chat");
  return (
    <span className={classes.portrait} style={{ width: size, height: size }}>
      {look.person ? (
        <Avatar person={look.person} size={size} />
      ) : look.picture_url ? (
        <img src={look.picture_url} alt="" width={size} height={size} />
      ) : (
        <span className={classes.group}>
          <IconUsersGroup size={Math.round(size * 0.5)} stroke={1.6} />
        </span>
      )}
      {look.is_online && <span className={classes.online} role="img" aria-label={t("online")} />}
    </span>
  );
}
