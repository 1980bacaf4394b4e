import { type KeyboardEvent, useState } from "react";
import { useTranslations } from "use-intl";
import classes from "./Editor.module.css";
import { formatTime, LATEST_MS, parseTime } from "./time";

const STEP_MS = 100;
const LONG_STEP_MS = 1000;

interface TimeInputProps {
  id: string;
  label: string;
  /** Milliseconds. */
  value: number;
  hasProblem: boolean;
  onChange: (ms: number) => void;
}

/** A time that is typed, or moved by the arrow keys: a tenth, with Shift a whole second. */
export function TimeInput({ id, label, value, hasProblem, onChange }: TimeInputProps) {
  const t = useTranslations("captions");
  const [typed, setTyped] = useState<string | null>(null);
  const isUnread = typed !== null && parseTime(typed) === null;
  const take = () => {
    const ms = typed === null ? null : parseTime(typed);
    if (ms !== null && ms !== value) onChange(ms);
    setTyped(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) take();
    if (!direction || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const from = (typed !== null && parseTime(typed)) || value;
    const step = event.shiftKey ? LONG_STEP_MS : STEP_MS;
    setTyped(null);
    onChange(Math.min(LATEST_MS, Math.max(0, from + direction * step)));
  };
  return (
    <input
      id={id}
      className={`${classes.time} tabular`}
      aria-label={label}
      aria-invalid={isUnread || hasProblem || undefined}
      title={isUnread ? t("timeHint") : undefined}
      inputMode="decimal"
      autoComplete="off"
      spellCheck={false}
      value={typed ?? formatTime(value)}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      onKeyDown={onKeyDown}
      onBlur={take}
    />
  );
}
