import { infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import * as api from "@/api/gen";
import type { ConversationDetail, Message } from "@/api/types";
import type { Reactors } from "../engagement/reactions/queries";
import type { Target } from "../engagement/reactions/reacting";
import { keys } from "./keys";
import { findLook, takeUpLook } from "./looks";
import { isAtEnd, type Thread, threadOf, withMessage, withNewer, withOlder } from "./thread";

const MESSAGES_AT_ONCE = 50;
const MOST_AT_ONCE = 100;
/** Beyond this many pages, what was loaded is given up for the newest. */
const MOST_REFRESHED = 6;
/** A request that hangs for so long has failed; a message is safe to send again. */
const PATIENCE_MS = 20_000;

export const conversationsQuery = () =>
  infiniteQueryOptions({
    queryKey: keys.list,
    queryFn: ({ pageParam }) => api.listConversations({ query: { cursor: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

export const requestsQuery = () =>
  infiniteQueryOptions({
    queryKey: keys.requests,
    queryFn: ({ pageParam }) => api.listRequests({ query: { cursor: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

export const conversationQuery = (id: string) =>
  queryOptions({
    queryKey: keys.one(id),
    queryFn: () => api.getConversation({ path: { conversation_id: id } }),
  });

type Window = NonNullable<api.ListMessagesData["query"]>;

const page = (conversation_id: string, query: Window) =>
  api.listMessages({ path: { conversation_id }, query: { limit: MESSAGES_AT_ONCE, ...query } });

/** What the page shows of a conversation: from the first unread message on, or the newest. */
export const threadQuery = (queries: QueryClient, id: string) =>
  queryOptions({
    queryKey: keys.thread(id),
    queryFn: async (): Promise<Thread> => {
      const known = queries.getQueryData<Thread>(keys.thread(id));
      if (known && known.messages.length > 0) return refreshed(id, known);
      const look = findLook(queries, id) ?? (await queries.fetchQuery(conversationQuery(id)));
      const around = look.unread_count > 0 ? look.read_number + 1 : undefined;
      return threadOf(await page(id, { around }));
    },
    // Live events keep it true; what they missed is fetched when the connection is back.
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The same stretch as it is now, and what came after it. */
async function refreshed(id: string, known: Thread): Promise<Thread> {
  const begin = (known.messages[0]?.number ?? 1) - 1;
  const newest = threadOf(await page(id, {}));
  if (newest.last - begin > MOST_AT_ONCE * MOST_REFRESHED) return newest;
  let thread: Thread = { messages: [], older: known.older, upTo: begin, last: newest.last };
  while (!isAtEnd(thread)) {
    thread = withNewer(thread, await page(id, { after: thread.upTo, limit: MOST_AT_ONCE }));
  }
  return thread;
}

const setThread = (queries: QueryClient, id: string, change: (thread: Thread) => Thread) =>
  queries.setQueryData<Thread>(keys.thread(id), (thread) => thread && change(thread));

export const getThread = (queries: QueryClient, id: string): Thread | undefined =>
  queries.getQueryData<Thread>(keys.thread(id));

/** The same is fetched once at a time; what is fetched for another place neither joins nor hinders. */
const loading = new Map<string, Promise<void>>();

function once(key: string, work: () => Promise<void>): Promise<void> {
  const running = loading.get(key);
  if (running) return running;
  const started = work().finally(() => loading.delete(key));
  loading.set(key, started);
  return started;
}

export async function loadOlder(queries: QueryClient, id: string): Promise<void> {
  const cursor = getThread(queries, id)?.older;
  if (!cursor) return;
  await once(`older:${id}:${cursor}`, async () => {
    const older = await page(id, { cursor });
    setThread(queries, id, (now) => (now.older === cursor ? withOlder(now, older) : now));
  });
}

export async function loadNewer(queries: QueryClient, id: string): Promise<void> {
  const after = getThread(queries, id)?.upTo;
  if (after === undefined) return;
  await once(`newer:${id}:${after}`, async () => {
    const newer = await page(id, { after });
    setThread(queries, id, (now) => (now.upTo === after ? withNewer(now, newer) : now));
  });
}

/** How often each conversation was to be shown at another place. */
const moves = new Map<string, number>();

/**
 * Shows the newest messages, or those around a number, instead of what was shown. False if somewhere
 * else was wished for before they came.
 */
export async function showAround(
  queries: QueryClient,
  id: string,
  around?: number,
): Promise<boolean> {
  const move = (moves.get(id) ?? 0) + 1;
  moves.set(id, move);
  const thread = threadOf(await page(id, { around }));
  if (moves.get(id) !== move) return false;
  // What was heard of meanwhile is loaded after it.
  const last = Math.max(thread.last, getThread(queries, id)?.last ?? 0);
  queries.setQueryData<Thread>(keys.thread(id), { ...thread, last });
  return true;
}

/** Takes up a message that is new or has changed. */
export function takeUp(queries: QueryClient, message: Message): void {
  setThread(queries, message.conversation_id, (thread) => withMessage(thread, message));
}

/** There is a message that is not here yet; it is fetched once somebody looks at the end. */
export function hearOf(queries: QueryClient, id: string, number: number): void {
  setThread(queries, id, (thread) => ({ ...thread, last: Math.max(thread.last, number) }));
}

export const fetchMessage = (conversation_id: string, message_id: string) =>
  api.getMessage({ path: { conversation_id, message_id } });

export const sendMessage = (conversation_id: string, body: api.NewMessage) =>
  api.sendMessage({
    path: { conversation_id },
    body,
    signal: AbortSignal.timeout(PATIENCE_MS),
  });

const at = ({ conversation_id, id }: Message) => ({ conversation_id, message_id: id });

export const editMessage = (message: Message, text: string) =>
  api.changeMessage({ path: at(message), body: { text } });

export const unsendMessage = (message: Message) => api.unsendMessage({ path: at(message) });

export const messageTarget = (queries: QueryClient, message: Message): Target => {
  const { conversation_id, id } = message;
  const read = () => getThread(queries, conversation_id)?.messages.find((one) => one.id === id);
  return {
    key: `message:${id}`,
    read,
    write: ({ reaction_counts, my_reaction }) => {
      const now = read();
      if (!now) return;
      setThread(queries, conversation_id, (thread) =>
        withMessage(thread, { ...now, reaction_counts, my_reaction }),
      );
    },
    send: async () => {
      const body = { type: read()?.my_reaction ?? null };
      const reply = await api.reactToMessage({ path: at(message), body });
      return { type: reply.my_reaction, reaction_counts: reply.reaction_counts };
    },
    refresh: () =>
      void fetchMessage(conversation_id, id).then(
        (fresh) => setThread(queries, conversation_id, (thread) => withMessage(thread, fresh)),
        () => undefined,
      ),
  };
};

export const messageReactors = (message: Message): Reactors => ({
  key: `message:${message.id}`,
  fetch: (query) => api.listMessageReactions({ path: at(message), query }),
});

export const startDirect = (personId: string) =>
  api.startConversation({ body: { type: "direct", people: [personId] } });
export const startGroup = (name: string, people: string[]) =>
  api.startConversation({ body: { type: "group", people, name } });

const of = (conversation_id: string) => ({ path: { conversation_id } });

/** Does something to a conversation and shows what became of it. */
export async function changeConversation(
  queries: QueryClient,
  id: string,
  body: api.ConversationChange,
): Promise<void> {
  takeUpLook(queries, await api.changeConversation({ ...of(id), body }));
}

export async function addPeople(queries: QueryClient, id: string, people: string[]): Promise<void> {
  takeUpLook(queries, await api.addParticipants({ ...of(id), body: { people } }));
}

export async function changeRole(
  queries: QueryClient,
  id: string,
  user_id: string,
  role: ConversationDetail["my_role"],
): Promise<void> {
  const path = { conversation_id: id, user_id };
  takeUpLook(queries, await api.changeParticipant({ path, body: { role } }));
}

export const putGroupPicture = (id: string, file: Blob) =>
  api.setGroupPicture({ ...of(id), body: { file } });
export const deleteGroupPicture = (id: string) => api.removeGroupPicture(of(id));
export const removePerson = (id: string, user_id: string) =>
  api.removeParticipant({ path: { conversation_id: id, user_id } });
export const hideConversation = (id: string) => api.hideConversation(of(id));
export const acceptRequest = (id: string) => api.acceptRequest(of(id));
export const declineRequest = (id: string) => api.declineRequest(of(id));
export const markRead = (id: string, number: number) =>
  api.markRead({ ...of(id), body: { number } });

export const relationQuery = (username: string) =>
  queryOptions({
    queryKey: ["people", "relation", username.toLowerCase()],
    queryFn: () => api.getRelationTo({ path: { username } }),
  });
export const followPerson = (username: string) => api.followPerson({ path: { username } });
export const unfollowPerson = (username: string) => api.unfollowPerson({ path: { username } });
export const blockPerson = (username: string) => api.blockPerson({ path: { username } });
export const unblockPerson = (username: string) => api.unblockPerson({ path: { username } });
export const blocksQuery = () =>
  queryOptions({ queryKey: ["people", "blocks"], queryFn: () => api.listMyBlocks() });
