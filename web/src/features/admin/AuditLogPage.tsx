import { Button, CloseButton, Group, Select, Skeleton, Text } from "@mantine/core";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { PersonLook } from "@/api/gen";
import { ErrorMessage } from "@/ui/Message";
import { usePageTitle } from "@/ui/page";
import { Section } from "@/ui/Section";
import sections from "@/ui/Section.module.css";
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
const PLACES = ["a", "b", "c", "d", "e"];

export function AuditLogPage() {
  const t = useTranslations("audit");
  const common = useTranslations("common");
  usePageTitle(t("title"));
  const [kind, setKind] = useState("all");
  const [person, setPerson] = useState<PersonLook | null>(null);
  const asked = { kind: kind === "all" ? null : kind, actor: person?.id ?? null };
  const list = useInfiniteQuery({ ...auditLogQuery(asked), placeholderData: keepPreviousData });
  const entries = list.data?.pages.flatMap(({ items }) => items);
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
      {list.error && !entries && (
        <ErrorMessage error={list.error} onRetry={() => void list.refetch()} heading={3} />
      )}
      {!entries && !list.error && PLACES.map((place) => <Skeleton key={place} h={56} mb={10} />)}
      {entries?.length === 0 && <Text c="dimmed">{t(isWhole ? "nothing" : "nothingOfKind")}</Text>}
      <ul className={sections.rows}>
        {entries?.map((entry) => (
          <AuditEntryRow key={entry.id} entry={entry} onPick={setPerson} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button
          variant="default"
          fullWidth
          mt="md"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {common("showMore")}
        </Button>
      )}
    </Section>
  );
}
