import { ActionIcon, TextInput } from "@mantine/core";
import { useTranslations } from "use-intl";
import { IconSearch, IconX } from "@/ui/icons";
import { LONGEST_QUERY } from "./queries";

interface SearchFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

export function SearchField({ label, value, onChange }: SearchFieldProps) {
  const t = useTranslations("finding");
  return (
    <TextInput
      type="search"
      radius="xl"
      aria-label={label}
      placeholder={label}
      maxLength={LONGEST_QUERY}
      leftSection={<IconSearch size={17} />}
      rightSection={
        value && (
          <ActionIcon
            variant="subtle"
            color="gray"
            radius="xl"
            aria-label={t("clear")}
            onClick={() => onChange("")}
          >
            <IconX size={16} />
          </ActionIcon>
        )
      }
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !value) return;
        event.preventDefault();
        onChange("");
      }}
    />
  );
}
