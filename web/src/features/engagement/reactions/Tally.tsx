import { useLocale, useTranslations } from "use-intl";
import { useFormats } from "@/ui/useFormats";
import { ReactionIcon } from "./ReactionIcon";
import classes from "./Reactions.module.css";
import { type ReactionCounts, ranked } from "./reacting";

interface TallyProps {
  counts: ReactionCounts;
  small?: boolean;
  /** Shows who it was. */
  onOpen?: () => void;
}

/** How often each reaction was given. */
export function Tally({ counts, small = false, onOpen }: TallyProps) {
  const t = useTranslations("reactions");
  const locale = useLocale();
  const { count: short } = useFormats();
  const given = ranked(counts);
  if (given.length === 0) return null;
  const spoken = new Intl.ListFormat(locale).format(
    given.map(({ type, count }) => `${count} ${t(`names.${type}`)}`),
  );
  const shown = given.map(({ type, count }) => (
    <span key={type} className={classes.count} data-type={type}>
      <ReactionIcon type={type} size={small ? 16 : 20} />
      <span className="tabular">{short(count)}</span>
    </span>
  ));
  if (!onOpen) {
    return (
      <span className={classes.tally} data-small role="img" aria-label={spoken}>
        {shown}
      </span>
    );
  }
  return (
    <button
      type="button"
      className={classes.tally}
      aria-label={t("who", { counts: spoken })}
      aria-haspopup="dialog"
      onClick={onOpen}
    >
      {shown}
    </button>
  );
}
