import { ActionIcon, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { IconChevronDown, IconChevronUp, IconSearch, IconX } from "@/ui/icons";
import classes from "./Finding.module.css";
import { LONGEST_QUERY, messagesFoundQuery, TYPING_PAUSE_MS } from "./queries";

interface FindBarProps {
  conversationId: string;
  onGoal: (number: number) => void;
  onClose: () => void;
}

/** Looks for words in one conversation and leads from one message to the next, newest first. */
export default function FindBar({ conversationId, onGoal, onClose }: FindBarProps) {
  const t = useTranslations("finding");
  const [text, setText] = useState("");
  const [query] = useDebouncedValue(text.trim(), TYPING_PAUSE_MS);
  const [place, setPlace] = useState(0);
  const found = useInfiniteQuery(messagesFoundQuery(query, conversationId));
  const { hasNextPage, isFetchingNextPage, fetchNextPage, isPlaceholderData } = found;
  const isKnown = query !== "" && found.data !== undefined && !isPlaceholderData;
  const hits = isKnown ? found.data.pages.flatMap(({ items }) => items) : [];
  const number = hits[place]?.number;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another query begins at its first hit.
  useEffect(() => setPlace(0), [query]);
  useEffect(() => {
    if (number !== undefined) onGoal(number);
  }, [number, onGoal]);
  useEffect(() => {
    if (place >= hits.length - 2 && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [place, hits.length, hasNextPage, isFetchingNextPage, fetchNextPage]);
  const step = (by: number) =>
    setPlace((now) => Math.min(Math.max(now + by, 0), Math.max(hits.length - 1, 0)));
  const count = hasNextPage ? `${hits.length}+` : `${hits.length}`;
  return (
    <search className={classes.bar}>
      <TextInput
        className={classes.field}
        radius="xl"
        data-autofocus
        autoFocus
        aria-label={t("within")}
        placeholder={t("within")}
        maxLength={LONGEST_QUERY}
        leftSection={<IconSearch size={17} />}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") step(event.shiftKey ? -1 : 1);
          else if (event.key === "Escape") onClose();
          else return;
          event.preventDefault();
        }}
      />
      <span role="status" className={classes.count}>
        {isKnown && (hits.length ? t("placeOf", { place: place + 1, count }) : t("none"))}
      </span>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={36}
        aria-label={t("older")}
        disabled={place >= hits.length - 1}
        onClick={() => step(1)}
      >
        <IconChevronUp size={20} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={36}
        aria-label={t("newer")}
        disabled={place === 0}
        onClick={() => step(-1)}
      >
        <IconChevronDown size={20} />
      </ActionIcon>
      <ActionIcon variant="subtle" color="gray" size={36} aria-label={t("close")} onClick={onClose}>
        <IconX size={20} />
      </ActionIcon>
    </search>
  );
}
