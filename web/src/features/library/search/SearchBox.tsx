import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useMatch, useNavigate } from "@tanstack/react-router";
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useTranslations } from "use-intl";
import type { Suggestion } from "@/api/types";
import { IconArrowLeft, IconSearch, IconX } from "@/ui/icons";
import { LONGEST_QUERY, suggestionsQuery } from "./queries";
import classes from "./SearchBox.module.css";
import { optionId, Suggestions } from "./Suggestions";

const DEBOUNCE_MS = 150;
const NONE: Suggestion[] = [];

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches("input, textarea, select"));

/** A slash puts the cursor into the box, wherever one is. */
function useSlash(open: () => void): void {
  const latest = useRef(open);
  latest.current = open;
  useEffect(() => {
    const press = (event: globalThis.KeyboardEvent) => {
      const isPlain = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
      if (!isPlain || isTyping(event.target) || document.querySelector("[aria-modal=true]")) return;
      event.preventDefault();
      latest.current();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}

/** Suggestions for what is typed; the last ones stay until newer ones are there. */
function useSuggestions(typed: string, isWanted: boolean): Suggestion[] {
  const [asked] = useDebouncedValue(typed.trim(), DEBOUNCE_MS);
  const query = suggestionsQuery(asked);
  const { data } = useQuery({ ...query, enabled: isWanted && asked !== "" });
  return typed.trim() && data ? data.items : NONE;
}

/** What is typed; on the page of results, what they are for. */
function useTyped() {
  const search = useMatch({ from: "/_app/search", shouldThrow: false })?.search;
  const q = search?.q ?? "";
  const [typed, setTyped] = useState(q);
  useEffect(() => setTyped(q), [q]);
  return { typed, setTyped, search };
}

/** The search of the top bar. On phones it is an icon until it is wanted. */
export function SearchBox() {
  const t = useTranslations("search");
  const navigate = useNavigate();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const { typed, setTyped, search } = useTyped();
  const [isUnfolded, setUnfolded] = useState(false);
  const [isListWanted, setListWanted] = useState(false);
  const [active, setActive] = useState(-1);
  const suggestions = useSuggestions(typed, isListWanted);
  const isListed = isListWanted && suggestions.length > 0;
  // Others are there now: the place that the arrows were at means something else.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it follows the suggestions.
  useEffect(() => setActive(-1), [suggestions]);

  const open = () => {
    // A phone shows its keyboard only for a field that is there while the finger still is.
    flushSync(() => setUnfolded(true));
    input.current?.focus();
    input.current?.select();
  };
  useSlash(open);

  const fold = () => {
    setListWanted(false);
    setActive(-1);
    setUnfolded(false);
  };
  const leave = () => {
    fold();
    input.current?.blur();
  };
  const onEscape = () => {
    if (isListed) {
      setListWanted(false);
      setActive(-1);
      return;
    }
    leave();
    opener.current?.focus();
  };
  const type = (text: string) => {
    setTyped(text);
    setListWanted(true);
    setActive(-1);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (active >= 0) {
      document.getElementById(optionId(id, active))?.click();
      return;
    }
    const q = typed.trim();
    if (!q) return;
    leave();
    // Other words keep the filters that one has set for the last ones.
    void navigate({ to: "/search", search: { ...search, q } });
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Escape") onEscape();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    setListWanted(true);
    // Beyond both ends is the text itself.
    const places = suggestions.length + 1;
    setActive(((active + 1 + step + places) % places) - 1);
  };

  return (
    <>
      <button
        ref={opener}
        type="button"
        className={classes.opener}
        aria-label={t("open")}
        aria-expanded={isUnfolded}
        onClick={open}
      >
        <IconSearch size={22} stroke={1.7} />
      </button>
      <search
        className={classes.search}
        data-unfolded={isUnfolded || undefined}
        onBlur={({ currentTarget, relatedTarget }) => {
          if (!currentTarget.contains(relatedTarget)) fold();
        }}
      >
        <form className={classes.form} onSubmit={submit} autoComplete="off">
          <button type="button" className={classes.back} aria-label={t("close")} onClick={fold}>
            <IconArrowLeft size={22} stroke={1.7} />
          </button>
          <div className={classes.field}>
            <input
              ref={input}
              className={classes.input}
              role="combobox"
              aria-label={t("label")}
              aria-autocomplete="list"
              aria-expanded={isListed}
              aria-controls={id}
              aria-activedescendant={isListed && active >= 0 ? optionId(id, active) : undefined}
              aria-keyshortcuts="/"
              placeholder={t("placeholder")}
              enterKeyHint="search"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={LONGEST_QUERY}
              value={typed}
              onChange={({ target }) => type(target.value)}
              onFocus={() => setListWanted(true)}
              onKeyDown={press}
            />
            {typed && (
              <button
                type="button"
                className={classes.clear}
                aria-label={t("clear")}
                onClick={() => {
                  type("");
                  input.current?.focus();
                }}
              >
                <IconX size={18} />
              </button>
            )}
            <button type="submit" className={classes.submit} aria-label={t("submit")}>
              <IconSearch size={20} stroke={1.7} />
            </button>
          </div>
          <Suggestions
            id={id}
            items={isListed ? suggestions : []}
            active={active}
            onChoose={() => {
              leave();
              setTyped("");
            }}
          />
        </form>
      </search>
    </>
  );
}
