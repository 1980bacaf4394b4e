import { TextInput } from "@mantine/core";
import { type KeyboardEvent, useRef, useState } from "react";

const LONGEST_TITLE = 200;

interface TitleFieldProps {
  label: string;
  title: string;
  /** Hears the new title once, or the one there was when it was left as it is. */
  onDone: (title: string) => void;
}

/** A title while it is renamed: Enter and leaving it keep it, Escape takes it back. */
export function TitleField({ label, title, onDone }: TitleFieldProps) {
  const [typed, setTyped] = useState(title);
  const isDone = useRef(false);
  const finish = (next: string) => {
    // The field goes away with this, and loses the keyboard once more as it does.
    if (isDone.current) return;
    isDone.current = true;
    onDone(next.trim() || title);
  };
  const onKeyDown = ({ key, currentTarget }: KeyboardEvent) => {
    if (key !== "Enter" && key !== "Escape") return;
    finish(key === "Enter" ? typed : title);
    // The keyboard goes on from the same line.
    currentTarget.closest("li")?.querySelector("button")?.focus();
  };
  return (
    <TextInput
      aria-label={label}
      size="sm"
      maxLength={LONGEST_TITLE}
      value={typed}
      autoFocus
      onFocus={({ currentTarget }) => currentTarget.select()}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      onBlur={() => finish(typed)}
      onKeyDown={onKeyDown}
    />
  );
}
