import { Select, type SelectProps } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { categoriesQuery } from "./queries";

/** The category of something by its id, or none. */
export function CategorySelect(props: SelectProps) {
  const t = useTranslations("library.edit");
  const { data: categories } = useQuery(categoriesQuery());
  return (
    <Select
      label={t("category")}
      placeholder={t("noCategory")}
      clearable
      clearButtonProps={{ "aria-label": t("noCategory") }}
      data={(categories?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      {...props}
    />
  );
}
