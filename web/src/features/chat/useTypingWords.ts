import { useLocale, useTranslations } from "use-intl";
import type { ConversationDetail } from "@/api/types";
import { useTyping } from "./typing";

/** Who is writing, in words; null while nobody is. */
export function useTypingWords({ id, type, participants }: ConversationDetail): string | null {
  const t = useTranslations("chat");
  const locale = useLocale();
  const writers = useTyping(id);
  const names = participants
    .filter(({ person }) => writers.includes(person.id))
    .map(({ person }) => person.display_name);
  if (names.length === 0) return null;
  if (type === "direct") return t("someoneTyping");
  return t("typing", {
    count: names.length,
    names: new Intl.ListFormat(locale).format(names.slice(0, 3)),
  });
}
