import { Button, Skeleton, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { meQuery } from "@/features/identity/queries";
import { IconSearch } from "@/ui/icons";
import { ErrorMessage } from "@/ui/Message";
import { usePageTitle } from "@/ui/page";
import { Section } from "@/ui/Section";
import sections from "@/ui/Section.module.css";
import { MemberRow } from "./MemberRow";
import { membersQuery } from "./queries";

const SEARCH_AFTER_MS = 250;
const PLACES = ["a", "b", "c", "d", "e"];

export function MembersPage() {
  const t = useTranslations("admin");
  const common = useTranslations("common");
  usePageTitle(t("members"));
  const { data: me } = useQuery(meQuery());
  const [typed, setTyped] = useState("");
  const [query] = useDebouncedValue(typed.trim(), SEARCH_AFTER_MS);
  const list = useInfiniteQuery({ ...membersQuery(query), placeholderData: keepPreviousData });
  const members = list.data?.pages.flatMap(({ items }) => items);
  return (
    <Section
      title={t("members")}
      hint={t("membersHint")}
      action={
        <TextInput
          type="search"
          aria-label={t("searchMembers")}
          placeholder={t("searchMembers")}
          leftSection={<IconSearch size={18} />}
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      }
    >
      {list.error && !members && (
        <ErrorMessage error={list.error} onRetry={() => void list.refetch()} heading={3} />
      )}
      {!members && !list.error && PLACES.map((place) => <Skeleton key={place} h={56} mb={10} />)}
      {members?.length === 0 && <Text c="dimmed">{t("nobodyFound")}</Text>}
      <ul className={sections.rows}>
        {members?.map((member) => (
          <MemberRow key={member.id} member={member} isMe={member.id === me?.id} />
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
