import { ActionIcon, Checkbox, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { PersonLook } from "@/api/types";
import { peopleQuery } from "@/features/identity/queries";
import { useErrorText } from "@/ui/errors";
import { FormError } from "@/ui/FormError";
import { IconSearch, IconX } from "@/ui/icons";
import classes from "./People.module.css";
import { PersonLine } from "./PersonLine";

const TYPING_PAUSE_MS = 150;

interface PeoplePickerProps {
  chosen: readonly PersonLook[];
  onChange: (chosen: PersonLook[]) => void;
  /** Who is not to be found: oneself, and who is there already. */
  without: ReadonlySet<string>;
}

/** Finds people by their names and keeps those who are chosen. */
export function PeoplePicker({ chosen, onChange, without }: PeoplePickerProps) {
  const t = useTranslations("chat.picker");
  const errorText = useErrorText();
  const [text, setText] = useState("");
  const [query] = useDebouncedValue(text.trim().replace(/^@/, ""), TYPING_PAUSE_MS);
  const { data, error } = useQuery({
    ...peopleQuery(query),
    enabled: query !== "",
    placeholderData: keepPreviousData,
  });
  const found = query && data ? data.items.filter(({ id }) => !without.has(id)) : [];
  const isChosen = (person: PersonLook) => chosen.some(({ id }) => id === person.id);
  const toggle = (person: PersonLook) =>
    onChange(isChosen(person) ? chosen.filter(({ id }) => id !== person.id) : [...chosen, person]);
  return (
    <div className={classes.picker}>
      {chosen.length > 0 && (
        <ul className={classes.chosen} aria-label={t("chosen")}>
          {chosen.map((person) => (
            <li key={person.id}>
              <bdi className="clamp-1">{person.display_name}</bdi>
              <ActionIcon
                size={26}
                radius="xl"
                aria-label={t("remove", { name: person.display_name })}
                onClick={() => toggle(person)}
              >
                <IconX size={15} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      <TextInput
        aria-label={t("find")}
        placeholder={t("find")}
        leftSection={<IconSearch size={18} />}
        value={text}
        data-autofocus
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <FormError text={error && errorText(error)} />
      <ul className={classes.people} aria-label={t("found")}>
        {found.map((person) => (
          <li key={person.id}>
            <Checkbox
              labelPosition="left"
              label={<PersonLine person={person} />}
              classNames={{ body: classes.choice, labelWrapper: classes.wide, label: classes.wide }}
              checked={isChosen(person)}
              onChange={() => toggle(person)}
            />
          </li>
        ))}
      </ul>
      <p className={classes.none} role="status">
        {query && data && found.length === 0 ? t("nobody") : ""}
      </p>
    </div>
  );
}
