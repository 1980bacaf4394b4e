import { type QueryClient, queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import * as api from "@/api/gen";
import type { Me } from "@/api/types";
import { useLiveEvents } from "@/realtime/live";
import { setUnread } from "@/ui/page";
import { keys, UNSENT } from "./keys";

/** What every page of the site knows of conversations: how many have something new. */

const SOON_MS = 250;
const TOTALS = new Set(["chat.conversation", "chat.mentioned", "chat.message_changed"]);

const unreadQuery = () =>
  queryOptions({ queryKey: keys.unread, queryFn: () => api.getUnread(), staleTime: 60_000 });

/** How many conversations and requests wait to be read. */
export function useUnreadCount(): number {
  const { data } = useQuery(unreadQuery());
  return data ? data.conversations + data.requests : 0;
}

/** Whether an unread message names this person. */
export function useIsMentioned(): boolean {
  const { data } = useQuery(unreadQuery());
  return data !== undefined && data.mentions > 0;
}

function confirm(conversation_id: string, number: number): void {
  // What is lost here is confirmed with the next message.
  api.markDelivered({ path: { conversation_id }, body: { number } }).catch(() => undefined);
}

/**
 * Keeps the number true, tells senders that their messages have come to this device, and sends what
 * was written while the server was away.
 */
export function useUnread(me: Me | null | undefined, isConnected: boolean): void {
  const queries = useQueryClient();
  const count = useUnreadCount();
  const arrived = useRef(new Map<string, number>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setUnread(count), [count]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const myId = me?.id;
  useEffect(() => {
    if (!isConnected || !myId) return;
    void confirmAll(queries).catch(() => undefined);
    void sendWaiting(queries, myId);
  }, [queries, isConnected, myId]);
  useLiveEvents(({ kind, data }) => {
    const isMine = (data.sender_id ?? data.user_id) === myId;
    if (kind === "chat.message" && !isMine) {
      arrived.current.set(String(data.conversation_id), Number(data.number));
    } else if (!TOTALS.has(kind) && !(kind.startsWith("chat.") && isMine)) {
      return;
    }
    // Counted from the first of several, so that a busy group does not put it off for ever.
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      for (const [id, number] of arrived.current) confirm(id, number);
      arrived.current.clear();
      void queries.invalidateQueries({ queryKey: keys.unread });
    }, SOON_MS);
  });
}

async function sendWaiting(queries: QueryClient, myId: string): Promise<void> {
  const isWaiting = Object.keys(localStorage).some((key) => key.startsWith(UNSENT));
  if (isWaiting) await (await import("./outbox")).send(queries, myId);
}

/** What came while no device was there has arrived now. */
async function confirmAll(queries: QueryClient): Promise<void> {
  const { conversations } = await queries.fetchQuery(unreadQuery());
  if (conversations === 0) return;
  const { items } = await api.listConversations();
  for (const { id, unread_count, last_number } of items) {
    if (unread_count > 0) confirm(id, last_number);
  }
}
