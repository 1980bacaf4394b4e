import { useLocale, useTranslations } from "use-intl";
import type { Conversation, Message } from "@/api/types";
import { useWordsOf } from "./media/counts";

/** What a conversation is called: the group's name, or the other person's. */
export const nameOf = ({ name, person }: Pick<Conversation, "name" | "person">): string =>
  name ?? person?.display_name ?? "";

interface Named {
  id: string;
  display_name: string;
}

type Told = Pick<Message, "system" | "sender">;

const ACTIONS = [
  "created",
  "opened",
  "added",
  "removed",
  "left",
  "renamed",
  "made_admin",
  "made_member",
  "pictured",
  "unpictured",
  "watching",
] as const;
type Action = (typeof ACTIONS)[number];

/** What is done to somebody. */
const DONE_TO = ["added", "removed", "made_admin", "made_member"] as const;

const isDoneTo = (action: Action): action is (typeof DONE_TO)[number] =>
  (DONE_TO as readonly Action[]).includes(action);

const isAction = (given: unknown): given is Action => ACTIONS.includes(given as Action);

/** What happened to a group, in words. */
export function useSystemWords(myId: string): (message: Told) => string {
  const t = useTranslations("chat.system");
  const locale = useLocale();
  return ({ system, sender }) => {
    const action = system?.action;
    if (!isAction(action)) return t("unknown");
    const people = (system?.people ?? []) as Named[];
    const words = {
      who: sender.display_name,
      people: new Intl.ListFormat(locale).format(people.map((one) => one.display_name)),
      name: typeof system?.name === "string" ? system.name : "",
    };
    if (sender.id === myId) return t(`you.${action}`, words);
    const isMe = people.length === 1 && people[0]?.id === myId;
    if (isMe && isDoneTo(action)) return t(`toYou.${action}`, words);
    return t(`they.${action}`, words);
  };
}

/** The newest message of a conversation in one line. */
export function usePreview(myId: string): (look: Conversation) => string {
  const t = useTranslations("chat.preview");
  const wordsOf = useWordsOf();
  const system = useSystemWords(myId);
  return ({ type, last_message: last }) => {
    if (!last) return "";
    if (last.type === "system") return system(last);
    const text = wordsOf(last);
    if (last.sender.id === myId) return t("you", { text });
    return type === "group" ? t("they", { name: last.sender.display_name, text }) : text;
  };
}
