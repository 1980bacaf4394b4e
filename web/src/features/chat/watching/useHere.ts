import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { ApiError } from "@/api/client";
import type { Party } from "@/api/types";
import { part } from "./joined";
import { getParty, keepHere, leaveParty, refetchParty, takeUp } from "./queries";

/** The server counts somebody as gone after a little more than twice this. */
const EVERY_MS = 5000;

/** Says that one is there, again and again, and hears each time how things stand. */
export function useHere(party: Party): void {
  const queries = useQueryClient();
  const newest = useRef(party);
  newest.current = party;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another party begins anew.
  useEffect(() => {
    const say = async () => {
      try {
        takeUp(queries, await keepHere(newest.current));
      } catch (error) {
        // Without a connection the picture goes on; the next time may come through.
        if (!(error instanceof ApiError) || ![403, 404, 410].includes(error.status)) return;
        part();
        void refetchParty(queries, newest.current.conversation_id);
      }
    };
    const again = () => {
      if (document.visibilityState === "visible") void say();
    };
    void say();
    const timer = setInterval(() => void say(), EVERY_MS);
    document.addEventListener("visibilitychange", again);
    window.addEventListener("online", again);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", again);
      window.removeEventListener("online", again);
      const { id, conversation_id } = newest.current;
      if (getParty(queries, conversation_id)?.id !== id) return;
      // Should this fail, the server finds out by itself, only a little later.
      leaveParty(newest.current).catch(() => undefined);
    };
  }, [queries, party.id]);
}
