import { Textarea } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { PersonLook } from "@/api/types";
import { peopleQuery } from "@/features/identity/queries";
import { Avatar } from "./Avatar";
import classes from "./MentionField.module.css";
import { completed, mentionAt } from "./mention";

const TYPING_PAUSE_MS = 120;
const MOST_ROWS = 14;

/** The people to suggest for what is being typed; undefined until they are known. */
type UsePeople = (query: string) => readonly PersonLook[] | undefined;

const useEverybody: UsePeople = (query) =>
  useQuery({ ...peopleQuery(query), enabled: query !== "", placeholderData: keepPreviousData }).data
    ?.items;

interface MentionFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  onSend: () => void;
  onEscape: (() => void) | undefined;
  onFocus?: () => void;
  takesFocus: boolean;
  /** The id of what says how much room is left. */
  describedBy: string | undefined;
  isTooLong: boolean;
  minRows: number;
  maxRows?: number;
  /** Enter sends, and Shift with Enter begins a line; otherwise Control with Enter sends. */
  sendsOnEnter?: boolean;
  /** Whom to suggest, if not everybody. */
  usePeople?: UsePeople;
}

/** A field for text that suggests people after an @. */
export function MentionField(props: MentionFieldProps) {
  const { label, value, onChange, takesFocus, usePeople = useEverybody } = props;
  const t = useTranslations("common");
  const field = useRef<HTMLTextAreaElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const listId = useId();
  const [caret, setCaret] = useState(0);
  const [active, setActive] = useState(0);
  const [closedAt, setClosedAt] = useState<number | null>(null);
  const [hasFocus, setHasFocus] = useState(false);
  const typed = mentionAt(value, caret);
  const mention = hasFocus && typed && typed.start !== closedAt ? typed : null;
  const [query] = useDebouncedValue(mention?.query ?? "", TYPING_PAUSE_MS);
  const found = usePeople(query);
  const people = mention && found ? found : [];
  const isOpen = people.length > 0;
  const at = Math.min(active, people.length - 1);
  const optionId = (index: number) => `${listId}-${index}`;

  useEffect(() => {
    const element = field.current;
    if (!takesFocus || !element) return;
    element.focus();
    element.setSelectionRange(element.value.length, element.value.length);
    setCaret(element.value.length);
  }, [takesFocus]);

  useEffect(() => {
    if (isOpen) list.current?.scrollIntoView({ block: "nearest" });
  }, [isOpen]);
  useEffect(() => {
    const row = list.current?.children[at];
    const rows = list.current;
    if (!rows || !(row instanceof HTMLElement)) return;
    const { offsetTop, offsetHeight } = row;
    if (offsetTop < rows.scrollTop) rows.scrollTop = offsetTop;
    const end = offsetTop + offsetHeight - rows.clientHeight;
    if (end > rows.scrollTop) rows.scrollTop = end;
  }, [at]);

  const look = () => setCaret(field.current?.selectionEnd ?? 0);
  const pick = (username: string) => {
    if (!mention) return;
    const next = completed(value, mention, username);
    onChange(next.text);
    setCaret(next.caret);
    setActive(0);
    // The caret can be put there once the text stands in the field.
    setTimeout(() => field.current?.setSelectionRange(next.caret, next.caret), 0);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const chosen = people[at];
    const isSend = event.ctrlKey || event.metaKey || (props.sendsOnEnter && !event.shiftKey);
    if (event.key === "Enter" && isSend && !(chosen && props.sendsOnEnter)) props.onSend();
    else if (isOpen && event.key === "ArrowDown") setActive((at + 1) % people.length);
    else if (isOpen && event.key === "ArrowUp") setActive((at - 1 + people.length) % people.length);
    else if (chosen && (event.key === "Enter" || event.key === "Tab")) pick(chosen.username);
    else if (event.key === "Escape" && mention && isOpen) setClosedAt(mention.start);
    else if (event.key === "Escape" && props.onEscape) props.onEscape();
    else return;
    event.preventDefault();
  };
  return (
    <div className={classes.field}>
      <Textarea
        ref={field}
        dir="auto"
        autosize
        minRows={props.minRows}
        maxRows={props.maxRows ?? MOST_ROWS}
        placeholder={label}
        aria-label={label}
        aria-autocomplete="list"
        aria-controls={isOpen ? listId : undefined}
        aria-activedescendant={isOpen ? optionId(at) : undefined}
        aria-describedby={props.describedBy}
        aria-invalid={props.isTooLong || undefined}
        error={props.isTooLong}
        withErrorStyles={props.isTooLong}
        value={value}
        onChange={(event) => {
          onChange(event.currentTarget.value);
          setCaret(event.currentTarget.selectionEnd);
          setActive(0);
          if (!mentionAt(event.currentTarget.value, event.currentTarget.selectionEnd)) {
            setClosedAt(null);
          }
        }}
        onSelect={look}
        onKeyDown={onKeyDown}
        onFocus={() => {
          setHasFocus(true);
          props.onFocus?.();
        }}
        onBlur={() => setHasFocus(false)}
      />
      {isOpen && (
        <div
          ref={list}
          id={listId}
          role="listbox"
          aria-label={t("people")}
          className={classes.suggestions}
        >
          {people.map((person, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field hears the keys.
            <div
              key={person.id}
              id={optionId(index)}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              className={classes.suggestion}
              // The field keeps the keyboard.
              onPointerDown={(event) => event.preventDefault()}
              onMouseDown={(event) => event.preventDefault()}
              onPointerMove={() => setActive(index)}
              onClick={() => pick(person.username)}
            >
              <Avatar person={person} size={30} />
              <bdi className="clamp-1">{person.display_name}</bdi>
              <span>@{person.username}</span>
            </div>
          ))}
        </div>
      )}
      <span className="visually-hidden" role="status">
        {mention && found ? t("found", { count: people.length }) : ""}
      </span>
    </div>
  );
}
