import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { ConversationDetail, Party, PersonLook } from "@/api/types";
import { useLiveEvents } from "@/realtime/live";
import { toast } from "@/ui/toasts";
import { hasJoined, part } from "./joined";
import { changeParty, getParty, partyQuery, refetchParty } from "./queries";

export const DEEDS = ["started", "played", "paused", "sought", "sped"] as const;
export const REASONS = ["ended", "nobody", "video"] as const;

/** What somebody has done to what everybody watches. */
export interface Deed {
  kind: (typeof DEEDS)[number];
  /** Null where that is not to know. */
  by: PersonLook | null;
  position: number;
  version: number;
}

type Data = Record<string, unknown>;

/** What a conversation watches at the moment, kept as it is for everybody. */
export function useParty(detail: ConversationDetail, myId: string) {
  const t = useTranslations("chat.watching");
  const queries = useQueryClient();
  const { id, participants } = detail;
  const [deed, setDeed] = useState<Deed | null>(null);
  const { data: party } = useQuery({ ...partyQuery(id), enabled: detail.request === null });
  const personOf = (userId: unknown) =>
    participants.find(({ person }) => person.id === userId)?.person ?? null;

  const steered = (data: Data) => {
    const known = getParty(queries, id);
    if (known?.id !== data.party_id) return void refetchParty(queries, id);
    const version = Number(data.version);
    changeParty(queries, id, (now) => {
      if (version <= now.version) return now;
      const { state, position_seconds, at, rate } = data as unknown as Party;
      return { ...now, version, state, position_seconds, at, rate };
    });
    const kind = DEEDS.find((one) => one === data.did) ?? "started";
    setDeed({ kind, by: personOf(data.user_id), position: Number(data.position_seconds), version });
  };
  const joinedBy = (data: Data) =>
    changeParty(queries, id, (now) => {
      if (now.id !== data.party_id) return now;
      const here = (data.people as string[]).map(personOf).filter((one) => one !== null);
      return { ...now, here };
    });
  const ended = (data: Data) => {
    const partyId = String(data.party_id);
    changeParty(queries, id, (now) => (now.id === partyId ? null : now));
    if (!hasJoined(partyId)) return;
    part();
    const reason = REASONS.find((one) => one === data.reason) ?? "ended";
    if (data.user_id !== myId || reason !== "ended") toast(t(`told.${reason}`));
  };

  useLiveEvents(({ kind, data }) => {
    if (data.conversation_id !== id) return;
    if (kind === "chat.watching") steered(data);
    else if (kind === "chat.watching_people") joinedBy(data);
    else if (kind === "chat.watching_ended") ended(data);
  });
  return { party: party ?? null, deed: deed && party?.version === deed.version ? deed : null };
}
