import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { ApiError } from "@/api/client";
import type { Message, ReactionType } from "@/api/types";
import { meQuery } from "@/features/identity/queries";
import { useLiveEvents } from "@/realtime/live";
import { hear, type ReactionCounts } from "../engagement/reactions/reacting";
import { keys } from "./keys";
import { changeLook, dropLook, findLook, heard, setMarks, takeUpLook } from "./looks";
import {
  conversationQuery,
  fetchMessage,
  getThread,
  hearOf,
  messageTarget,
  showAround,
  takeUp,
} from "./queries";
import { keepingMine } from "./thread";
import { stoppedTyping, typed } from "./typing";

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const number = (value: unknown): number => (typeof value === "number" ? value : 0);

async function refetchLook(queries: QueryClient, id: string): Promise<void> {
  try {
    takeUpLook(queries, await queries.fetchQuery({ ...conversationQuery(id), staleTime: 0 }));
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) dropLook(queries, id);
    // What else fails, fails for the whole page, which then fetches everything afresh.
  }
}

function onMessage(queries: QueryClient, myId: string, data: Record<string, unknown>): void {
  const id = text(data.conversation_id);
  const message = data.message as Message | null;
  const [senderId, at] = [text(data.sender_id), number(data.number)];
  stoppedTyping(id, senderId);
  // Whoever says something has read what was said before.
  setMarks(queries, id, senderId, { read_number: at, delivered_number: at });
  // The last thing that one hears of a group: there is nothing to ask about it any more.
  if (message?.system?.action === "left" && message.sender.id === myId) return;
  if (message) takeUp(queries, keepingMine(getThread(queries, id), message));
  else hearOf(queries, id, at);
  const look = findLook(queries, id);
  // The first message may have become a request.
  if (message && look && look.last_number > 0)
    takeUpLook(queries, { ...look, ...heard(look, message, myId) });
  else void refetchLook(queries, id);
}

async function onChanged(queries: QueryClient, data: Record<string, unknown>): Promise<void> {
  const id = text(data.conversation_id);
  const given = data.message as Message | null;
  const message = given ?? (await fetchMessage(id, text(data.message_id)));
  takeUp(queries, keepingMine(getThread(queries, id), message));
  changeLook(queries, id, ({ last_message }) =>
    last_message?.number === message.number
      ? { last_message: { ...last_message, text: message.text, is_unsent: message.is_unsent } }
      : {},
  );
}

function onReacted(queries: QueryClient, myId: string, data: Record<string, unknown>): void {
  const thread = getThread(queries, text(data.conversation_id));
  const message = thread?.messages.find(({ id }) => id === data.message_id);
  if (!message) return;
  const mine = data.user_id === myId ? (data.type as ReactionType | null) : undefined;
  hear(messageTarget(queries, message), data.reaction_counts as ReactionCounts, mine);
}

function onRead(queries: QueryClient, myId: string, data: Record<string, unknown>): void {
  const id = text(data.conversation_id);
  const marks = {
    read_number: number(data.read_number),
    delivered_number: number(data.delivered_number),
  };
  setMarks(queries, id, text(data.user_id), marks);
  if (data.user_id !== myId) return;
  const look = findLook(queries, id);
  if (look && marks.read_number < look.last_number) void refetchLook(queries, id);
  else {
    const { read_number } = marks;
    changeLook(queries, id, () => ({ read_number, unread_count: 0, mentions: [] }));
  }
}

function onMentioned(queries: QueryClient, data: Record<string, unknown>): void {
  const at = number(data.number);
  changeLook(queries, text(data.conversation_id), ({ mentions, read_number }) => {
    const others = mentions.filter((one) => one !== at);
    const isNew = data.is_mentioned === true && at > read_number;
    return { mentions: isNew ? [...others, at].sort((one, other) => one - other) : others };
  });
}

function onConversation(queries: QueryClient, data: Record<string, unknown>): void {
  const id = text(data.conversation_id);
  // Two of a group hear each other no more, or again.
  if (data.has_other_messages === true) {
    queries.removeQueries({ queryKey: keys.thread(id), type: "inactive" });
    if (getThread(queries, id)) void showAround(queries, id).catch(() => undefined);
  }
  for (const queryKey of [keys.list, keys.requests, keys.one(id)]) {
    void queries.invalidateQueries({ queryKey });
  }
}

function onPresence(queries: QueryClient, data: Record<string, unknown>): void {
  for (const [, look] of queries.getQueriesData<{ id: string }>({ queryKey: ["chat", "one"] })) {
    if (look) setOnline(look.id);
  }
  const pages = queries.getQueryData<{ pages: { items: { id: string }[] }[] }>(keys.list);
  for (const entry of pages?.pages.flatMap(({ items }) => items) ?? []) setOnline(entry.id);

  function setOnline(id: string): void {
    if (findLook(queries, id)?.person?.id !== data.user_id) return;
    changeLook(queries, id, () => ({ is_online: data.is_online === true }));
  }
}

/** Keeps every conversation on the page as it is for everybody else. */
export function useLiveChat(): void {
  const queries = useQueryClient();
  const { data: me } = useQuery(meQuery());
  const myId = me?.id ?? "";
  useLiveEvents(({ kind, data }) => {
    switch (kind) {
      case "chat.message":
        return onMessage(queries, myId, data);
      case "chat.message_changed":
        // What is gone by now, or does not come through, is fetched with everything else.
        return void onChanged(queries, data).catch(() => undefined);
      case "chat.reacted":
        return onReacted(queries, myId, data);
      case "chat.mentioned":
        return onMentioned(queries, data);
      case "chat.read":
        return onRead(queries, myId, data);
      case "chat.conversation":
        return onConversation(queries, data);
      case "chat.typing":
        return typed(text(data.conversation_id), text(data.user_id));
      case "chat.presence":
        return onPresence(queries, data);
    }
  });
  useEffect(
    () => () => {
      // Nothing is heard from here on: whoever comes back begins with what is true then.
      queries.removeQueries({ queryKey: ["chat", "thread"] });
      void queries.invalidateQueries({ queryKey: keys.all, refetchType: "none" });
    },
    [queries],
  );
}
