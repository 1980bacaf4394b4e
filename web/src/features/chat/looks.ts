import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import type { PageConversationLook } from "@/api/gen";
import type { Conversation, ConversationDetail, Message } from "@/api/types";
import { keys } from "./keys";
import { countsOf } from "./media/counts";

/** Conversations as they stand in the lists and at the top of their own page, kept alike. */

export type Pages = InfiniteData<PageConversationLook, string | null>;

const LISTS = [keys.list, keys.requests];

const entries = (pages: Pages | undefined): Conversation[] =>
  pages?.pages.flatMap(({ items }) => items) ?? [];

export function findLook(queries: QueryClient, id: string): Conversation | undefined {
  const one = queries.getQueryData<ConversationDetail>(keys.one(id));
  if (one) return one;
  return LISTS.flatMap((key) => entries(queries.getQueryData<Pages>(key))).find(
    (entry) => entry.id === id,
  );
}

function mapItems(pages: Pages, change: (items: Conversation[]) => Conversation[]): Pages {
  return {
    ...pages,
    pages: pages.pages.map((page) => ({ ...page, items: change(page.items) })),
  };
}

/** Pinned ones come first, then the newest; ids break ties. */
export function comesBefore(one: Conversation, other: Conversation): boolean {
  if (one.is_pinned !== other.is_pinned) return one.is_pinned;
  const [when, then] = [one.last_message_at ?? "", other.last_message_at ?? ""];
  return when === then ? one.id > other.id : when > then;
}

/** Puts an entry where it belongs, unless that is beyond what has been loaded. */
export function placed(pages: Pages, entry: Conversation): Pages {
  const without = mapItems(pages, (items) => items.filter(({ id }) => id !== entry.id));
  const isEnd = (at: number) => at === without.pages.length - 1;
  const page = without.pages.findIndex(
    ({ items, next_cursor }, at) =>
      items.some((item) => comesBefore(entry, item)) || (isEnd(at) && !next_cursor),
  );
  return {
    ...without,
    pages: without.pages.map((one, at) => {
      if (at !== page) return one;
      const place = one.items.findIndex((item) => comesBefore(entry, item));
      const items = one.items.toSpliced(place < 0 ? one.items.length : place, 0, entry);
      return { ...one, items };
    }),
  };
}

/** Without the people of its own page, which no list shows. */
function asEntry(look: Conversation | ConversationDetail): Conversation {
  const { participants: _people, created_at: _made, ...entry } = look as ConversationDetail;
  return entry;
}

/** Takes up a conversation as it is now. */
export function takeUpLook(queries: QueryClient, look: Conversation): void {
  const entry = asEntry(look);
  const isRequest = entry.request === "incoming";
  for (const key of LISTS) {
    const belongs = (key === keys.requests) === isRequest && entry.last_message_at !== null;
    queries.setQueryData<Pages>(key, (pages) => {
      if (!pages) return pages;
      return belongs
        ? placed(pages, entry)
        : mapItems(pages, (items) => items.filter(({ id }) => id !== entry.id));
    });
  }
  queries.setQueryData<ConversationDetail>(keys.one(entry.id), (one) =>
    "participants" in look ? (look as ConversationDetail) : one && { ...one, ...entry },
  );
}

/** Changes a conversation wherever it stands. */
export function changeLook(
  queries: QueryClient,
  id: string,
  change: (look: Conversation) => Partial<Conversation>,
): void {
  for (const key of LISTS) {
    queries.setQueryData<Pages>(key, (pages) => {
      const entry = entries(pages).find((one) => one.id === id);
      return pages && entry ? placed(pages, { ...entry, ...change(entry) }) : pages;
    });
  }
  changeDetail(queries, id, (one) => ({ ...one, ...change(one) }));
}

export function changeDetail(
  queries: QueryClient,
  id: string,
  change: (detail: ConversationDetail) => ConversationDetail,
): void {
  queries.setQueryData<ConversationDetail>(keys.one(id), (one) => one && change(one));
}

/** Up to which message somebody has got and read what is said. */
export function setMarks(
  queries: QueryClient,
  id: string,
  personId: string,
  marks: { read_number: number; delivered_number: number },
): void {
  changeDetail(queries, id, (detail) => ({
    ...detail,
    participants: detail.participants.map((one) =>
      one.person.id === personId ? { ...one, ...marks } : one,
    ),
  }));
}

export function dropLook(queries: QueryClient, id: string): void {
  for (const key of LISTS) {
    queries.setQueryData<Pages>(
      key,
      (pages) => pages && mapItems(pages, (items) => items.filter((item) => item.id !== id)),
    );
  }
}

const PREVIEW_LETTERS = 160;

/** What a new message changes about its conversation. */
export function heard(look: Conversation, message: Message, myId: string): Partial<Conversation> {
  if (message.number <= look.last_number) return {};
  const { number, type, sender, system, is_unsent } = message;
  const isMine = sender.id === myId;
  return {
    last_number: number,
    last_message_at: message.created_at,
    last_message: {
      number,
      type,
      sender,
      system,
      is_unsent,
      media: countsOf(message.media),
      text: message.text.slice(0, PREVIEW_LETTERS),
    },
    read_number: isMine ? number : look.read_number,
    unread_count: isMine ? 0 : look.unread_count + 1,
    mentions: isMine ? [] : look.mentions,
  };
}
