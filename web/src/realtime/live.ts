import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useSyncExternalStore } from "react";
import { applyEvent } from "./events";
import { refetchOvertaken } from "./overtaken";
import { type LiveEvent, LiveSocket, type LiveStatus } from "./socket";

type Hear = (event: LiveEvent) => void;

let live: LiveSocket | null = null;
const hearers = new Set<Hear>();

function theSocket(queries: QueryClient): LiveSocket {
  if (!live) {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    live = new LiveSocket({
      url: `${scheme}//${location.host}/api/live`,
      onEvent: (event) => {
        refetchOvertaken(queries, event);
        applyEvent(queries, event);
        for (const hear of hearers) hear(event);
      },
      onResync: () => {
        // Live events go on changing what no page shows, so that it would pass for fresh.
        queries.removeQueries({ queryKey: ["chat"], type: "inactive" });
        void queries.invalidateQueries();
      },
    });
  }
  return live;
}

/**
 * Holds the live connection open while the calling component is on the page. `since` is the last
 * event before the page began to fetch; only its first value counts.
 */
export function useLiveConnection(since: number | null): LiveStatus {
  const queries = useQueryClient();
  const socket = theSocket(queries);
  const first = useRef(since);
  useEffect(() => {
    const hurry = () => {
      if (document.visibilityState === "visible") socket.hurry();
    };
    socket.open(first.current);
    window.addEventListener("online", hurry);
    document.addEventListener("visibilitychange", hurry);
    return () => {
      window.removeEventListener("online", hurry);
      document.removeEventListener("visibilitychange", hurry);
      socket.close();
    };
  }, [socket]);
  return useSyncExternalStore(socket.subscribe, () => socket.status);
}

/** Hands every live event to a part of the page for as long as it is there. */
export function useLiveEvents(hear: Hear): void {
  const newest = useRef(hear);
  newest.current = hear;
  useEffect(() => {
    const hearer: Hear = (event) => newest.current(event);
    hearers.add(hearer);
    return () => {
      hearers.delete(hearer);
    };
  }, []);
}

/** Tells the others of a conversation that one is writing in it. */
export function useTellTyping(conversationId: string): () => void {
  const queries = useQueryClient();
  return () => theSocket(queries).tellTyping(`conversation:${conversationId}`);
}

/** Hears what happens around an asset: how it is made, what is said about its video. */
export function useAssetTopic(assetId: string, wanted: boolean): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (wanted) return theSocket(queries).join(`asset:${assetId}`);
  }, [queries, assetId, wanted]);
}
