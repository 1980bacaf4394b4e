import { useLocale, useTranslations } from "use-intl";
import type { PersonLook } from "@/api/types";
import { Avatar } from "@/ui/Avatar";
import classes from "./Party.module.css";

const MOST_SHOWN = 5;

/** Who watches along. */
export function Faces({ people }: { people: readonly PersonLook[] }) {
  const t = useTranslations("chat.watching");
  const locale = useLocale();
  const names = new Intl.ListFormat(locale).format(people.map((one) => one.display_name));
  const more = people.length - MOST_SHOWN;
  const label = people.length > 0 ? t("here", { names }) : t("nobodyHere");
  return (
    <span className={classes.faces} role="img" aria-label={label} title={label}>
      {people.slice(0, MOST_SHOWN).map((person) => (
        <Avatar key={person.id} person={person} size={28} />
      ))}
      {more > 0 && <span aria-hidden="true">+{more}</span>}
    </span>
  );
}
