import { Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { meQuery } from "@/features/identity/queries";
import { IconSearch } from "@/ui/icons";
import { usePageTitle } from "@/ui/page";
import { Section } from "@/ui/Section";
import { SectionList } from "@/ui/SectionList";
import { MemberRow } from "./MemberRow";
import { membersQuery } from "./queries";

const SEARCH_AFTER_MS = 250;

export function MembersPage() {
  const t = useTranslations("admin");
  usePageTitle(t("members"));
  const { data: me } = useQuery(meQuery());
  const [typed, setTyped] = useState("");
  const [query] = useDebouncedValue(typed.trim(), SEARCH_AFTER_MS);
  const list = useInfiniteQuery({ ...membersQuery(query), placeholderData: keepPreviousData });
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
      <SectionList list={list} nothing={<Text c="dimmed">{t("nobodyFound")}</Text>}>
        {(member) => <MemberRow key={member.id} member={member} isMe={member.id === me?.id} />}
      </SectionList>
    </Section>
  );
}
