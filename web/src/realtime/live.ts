import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { applyEvent } from "./events";
import { LiveSocket, type LiveStatus } from "./socket";

let live: LiveSocket | null = null;

function theSocket(queries: QueryClient): LiveSocket {
  if (!live) {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    live = new LiveSocket({
      url: `${scheme}//${location.host}/api/live`,
      onEvent: (event) => applyEvent(queries, event),
      onResync: () => void queries.invalidateQueries(),
    });
  }
  return live;
}

/** Holds the live connection open while the calling component is on the page. */
export function useLiveConnection(): LiveStatus {
  const queries = useQueryClient();
  const socket = theSocket(queries);
  useEffect(() => {
    const hurry = () => {
      if (document.visibilityState === "visible") socket.hurry();
    };
    socket.open();
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

/** Hears the progress of an asset for as long as it is being made. */
export function useAssetTopic(assetId: string, wanted: boolean): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (wanted) return theSocket(queries).join(`asset:${assetId}`);
  }, [queries, assetId, wanted]);
}
