import { type KeyboardEvent, useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import type { ReactionType } from "@/api/types";
import { ReactionIcon } from "./ReactionIcon";
import classes from "./Reactions.module.css";
import { REACTIONS } from "./reacting";

interface ReactionPickerProps {
  mine: ReactionType | null;
  /** Takes the keyboard when it opens. */
  takesFocus: boolean;
  onPick: (type: ReactionType) => void;
  onClose: (givesFocusBack: boolean) => void;
}

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** The six reactions in a row, as messengers have them. */
export function ReactionPicker({ mine, takesFocus, onPick, onClose }: ReactionPickerProps) {
  const t = useTranslations("reactions");
  const row = useRef<HTMLDivElement>(null);
  const first = mine ? REACTIONS.indexOf(mine) : 0;
  const focus = (at: number) => {
    const wanted = (at + REACTIONS.length) % REACTIONS.length;
    row.current?.querySelectorAll<HTMLElement>("[role=menuitemradio]")[wanted]?.focus();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when it opens.
  useEffect(() => {
    if (takesFocus) focus(first);
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    const items = [...(row.current?.querySelectorAll("[role=menuitemradio]") ?? [])];
    const at = items.indexOf(document.activeElement as Element);
    const step = STEPS[event.key];
    if (step) focus(at + step);
    else if (event.key === "Home") focus(0);
    else if (event.key === "End") focus(-1);
    else if (event.key === "Escape") onClose(true);
    else if (event.key === "Tab") return onClose(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={row}
      role="menu"
      tabIndex={-1}
      className={classes.picker}
      aria-label={t("choose")}
      aria-orientation="horizontal"
      onKeyDown={onKeyDown}
    >
      {REACTIONS.map((type, at) => (
        <button
          key={type}
          type="button"
          role="menuitemradio"
          tabIndex={at === first ? 0 : -1}
          aria-checked={type === mine}
          className={classes.choice}
          aria-label={t(`names.${type}`)}
          onClick={() => onPick(type)}
        >
          <ReactionIcon type={type} size={32} />
          <span aria-hidden="true">{t(`names.${type}`)}</span>
        </button>
      ))}
    </div>
  );
}
