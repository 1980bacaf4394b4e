import { type QueryClient, queryOptions } from "@tanstack/react-query";
import * as api from "@/api/gen";
import type { Party } from "@/api/types";
import { join } from "./joined";
import { serverClock } from "./serverClock";

const keyOf = (conversationId: string) => ["chat", "watching", conversationId] as const;
const atOf = (party: Party | null): string | undefined => party?.at;
const of = ({ conversation_id, id }: Party) => ({ path: { conversation_id, party_id: id } });

/** What a conversation watches; null most of the time. */
export const partyQuery = (conversation_id: string) =>
  queryOptions({
    queryKey: keyOf(conversation_id),
    queryFn: (): Promise<Party | null> =>
      serverClock.hear(() => api.getParty({ path: { conversation_id } }), atOf),
  });

export const getParty = (queries: QueryClient, conversationId: string) =>
  queries.getQueryData<Party | null>(keyOf(conversationId));

const isEarlier = (one: Party, other: Party): boolean => Date.parse(one.at) < Date.parse(other.at);

/** Takes up a party as it is now; what is older than what is known changes nothing. */
export function takeUp(queries: QueryClient, party: Party): void {
  queries.setQueryData<Party | null>(keyOf(party.conversation_id), (known) => {
    if (known?.id !== party.id || party.version > known.version) return party;
    return party.version < known.version || isEarlier(party, known) ? known : party;
  });
}

export const changeParty = (
  queries: QueryClient,
  conversationId: string,
  change: (party: Party) => Party | null,
) => queries.setQueryData<Party | null>(keyOf(conversationId), (party) => party && change(party));

export const refetchParty = (queries: QueryClient, conversationId: string) =>
  queries.invalidateQueries({ queryKey: keyOf(conversationId) });

/** Begins to watch with everybody in the conversation, and is there at once. */
export async function startParty(
  queries: QueryClient,
  conversation_id: string,
  video_id: string,
  position_seconds: number,
): Promise<void> {
  const body = { video_id, position_seconds };
  const party = await serverClock.hear(
    () => api.startParty({ path: { conversation_id }, body }),
    atOf,
  );
  join(party.id);
  takeUp(queries, party);
}

export const steerParty = (party: Party, body: api.PartyCommand): Promise<Party> =>
  serverClock.hear(() => api.steerParty({ ...of(party), body }), atOf);

export const keepHere = (party: Party): Promise<Party> =>
  serverClock.hear(() => api.keepHere(of(party)), atOf);

export const leaveParty = (party: Party) => api.leaveParty({ ...of(party), keepalive: true });
export const endParty = (party: Party) => api.endParty(of(party));
