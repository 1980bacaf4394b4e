import { TextInput } from "@mantine/core";
import { useState } from "react";

const LONGEST_TITLE = 200;

interface TitleFieldProps {
  label: string;
  title: string;
  /** Hears the new title, or the one there was when it was left as it is. */
  onDone: (title: string) => void;
}

/** A title while it is renamed: Enter and leaving it keep it, Escape takes it back. */
export function TitleField({ label, title, onDone }: TitleFieldProps) {
  const [typed, setTyped] = useState(title);
  return (
    <TextInput
      aria-label={label}
      size="sm"
      maxLength={LONGEST_TITLE}
      value={typed}
      autoFocus
      onFocus={({ currentTarget }) => currentTarget.select()}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      onBlur={() => onDone(typed.trim() || title)}
      onKeyDown={(event) => {
        if (event.key === "Enter") onDone(typed.trim() || title);
        if (event.key === "Escape") onDone(title);
      }}
    />
  );
}
