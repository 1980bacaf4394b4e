import { CloseButton, Group, Select, Text } from "@mantine/core";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { PersonLook } from "@/api/gen";
import { usePageTitle } from "@/ui/page";
import { Section } from "@/ui/Section";
import { SectionList } from "@/ui/SectionList";
import { AuditEntryRow } from "./AuditEntryRow";
import { auditLogQuery } from "./queries";

const KINDS = [
  "all",
  "member",
  "options",
  "category",
  "video",
  "course",
  "comment",
  "message",
  "invitation",
] as const;

export function AuditLogPage() {
  const t = useTranslations("audit");
  usePageTitle(t("title"));
  const [kind, setKind] = useState("all");
  const [person, setPerson] = useState<PersonLook | null>(null);
  const asked = { kind: kind === "all" ? null : kind, actor: person?.id ?? null };
  const list = useInfiniteQuery({ ...auditLogQuery(asked), placeholderData: keepPreviousData });
  const isWhole = asked.kind === null && asked.actor === null;
  return (
    <Section
      title={t("title")}
      hint={t("hint")}
      action={
        <Select
          aria-label={t("kind")}
          data={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          value={kind}
          onChange={(value) => setKind(value ?? "all")}
          allowDeselect={false}
        />
      }
    >
      {person && (
        <Group gap={6} mb="sm">
          <Text size="sm">{t("only", { name: person.display_name })}</Text>
          <CloseButton size="sm" aria-label={t("everybody")} onClick={() => setPerson(null)} />
        </Group>
      )}
      <SectionList
        list={list}
        nothing={<Text c="dimmed">{t(isWhole ? "nothing" : "nothingOfKind")}</Text>}
      >
        {(entry) => <AuditEntryRow key={entry.id} entry={entry} onPick={setPerson} />}
      </SectionList>
    </Section>
  );
}
