import { Button, NativeSelect, Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { personQuery } from "@/features/identity/queries";
import { categoriesQuery } from "@/features/library/queries";
import { AGES, LENGTHS, peopleQuery, type Search } from "./queries";
import classes from "./SearchPage.module.css";

const DEBOUNCE_MS = 200;

interface UploaderFilterProps {
  uploader: string | undefined;
  onChange: (uploader: string | null) => void;
}

/** Finds a person while their name is typed. */
function UploaderFilter({ uploader, onChange }: UploaderFilterProps) {
  const t = useTranslations("search");
  const [typed, setTyped] = useState("");
  const [asked] = useDebouncedValue(typed.trim(), DEBOUNCE_MS);
  const { data: found } = useQuery(peopleQuery(asked));
  const { data: chosen } = useQuery({
    ...personQuery(uploader ?? ""),
    enabled: uploader !== undefined,
  });
  const names = new Map(uploader ? [[uploader, chosen?.display_name ?? uploader]] : []);
  for (const { username, display_name } of found?.items ?? []) names.set(username, display_name);
  return (
    <Select
      className={classes.filter}
      data-on={uploader !== undefined || undefined}
      radius="xl"
      aria-label={t("uploader")}
      placeholder={t("anyUploader")}
      searchable
      clearable
      clearButtonProps={{ "aria-label": t("anyUploader") }}
      nothingFoundMessage={asked ? t("nobody") : t("typeName")}
      data={[...names].map(([value, label]) => ({ value, label }))}
      // The server has chosen already.
      filter={({ options }) => options}
      value={uploader ?? null}
      onSearchChange={setTyped}
      onChange={onChange}
    />
  );
}

interface ChoiceProps {
  label: string;
  /** What stands there while nothing is chosen. */
  any: string;
  value: string | undefined;
  options: { value: string; label: string }[];
  onChange: (value: string) => void;
}

function Choice({ label, any, value = "", options, onChange }: ChoiceProps) {
  return (
    <NativeSelect
      className={classes.filter}
      data-on={value !== "" || undefined}
      radius="xl"
      aria-label={label}
      data={[{ value: "", label: any }, ...options]}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}

interface SearchFiltersProps {
  search: Search;
}

/** What narrows the search; it all stands in the address, to be passed on and gone back to. */
export function SearchFilters({ search }: SearchFiltersProps) {
  const t = useTranslations("search");
  const navigate = useNavigate();
  const { data: categories } = useQuery(categoriesQuery());
  const set = (key: keyof Search) => (value: string | null) =>
    void navigate({
      to: "/search",
      search: { ...search, [key]: value || undefined },
      resetScroll: false,
    });
  const active = categories?.items.filter(({ is_active }) => is_active) ?? [];
  const isFiltered = Object.keys(search).some((key) => key !== "q");
  return (
    <section className={classes.filters} aria-label={t("filters")}>
      <Choice
        label={t("category")}
        any={t("anyCategory")}
        value={search.category}
        options={active.map(({ slug, name }) => ({ value: slug, label: name }))}
        onChange={set("category")}
      />
      <UploaderFilter uploader={search.uploader} onChange={set("uploader")} />
      <Choice
        label={t("length")}
        any={t("anyLength")}
        value={search.length}
        options={LENGTHS.map((value) => ({ value, label: t(`lengths.${value}`) }))}
        onChange={set("length")}
      />
      <Choice
        label={t("since")}
        any={t("anySince")}
        value={search.since}
        options={AGES.map((value) => ({ value, label: t(`ages.${value}`) }))}
        onChange={set("since")}
      />
      {isFiltered && (
        <Button
          renderRoot={(props) => <Link to="/search" search={{ q: search.q }} {...props} />}
          variant="subtle"
          color="gray"
          radius="xl"
        >
          {t("clearFilters")}
        </Button>
      )}
    </section>
  );
}
