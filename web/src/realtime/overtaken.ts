import type { Query, QueryClient } from "@tanstack/react-query";
import type { LiveEvent } from "./socket";

/** Nothing that is fetched holds what these tell. */
const FLEETING = new Set(["chat.typing", "asset.progress", "course.video_progress"]);

/** Where much happens, every answer is overtaken: no more than one each time. */
const LATER_MS = 1000;

const watched = new WeakSet<Query>();

/**
 * Fetches once more what was on its way when something happened: it may have been read just before,
 * and would then hide what has been heard since.
 */
export function refetchOvertaken(queries: QueryClient, { kind, data }: LiveEvent): void {
  if (FLEETING.has(kind)) return;
  const isChat = kind.startsWith("chat.");
  const conversation = data.conversation_id;
  const overtaken = queries.getQueryCache().findAll({
    fetchStatus: "fetching",
    predicate: ({ queryKey: [domain, , id] }) => {
      if (domain !== "chat") return !isChat;
      return isChat && (!conversation || !id || id === conversation);
    },
  });
  for (const query of overtaken) refetchOnce(queries, query);
}

function refetchOnce(queries: QueryClient, query: Query): void {
  if (watched.has(query)) return;
  watched.add(query);
  const { queryKey } = query;
  query
    // It is running already: this only waits for it.
    .fetch()
    .then(() => new Promise((wait) => setTimeout(wait, LATER_MS)))
    .finally(() => watched.delete(query))
    .then(
      () => queries.invalidateQueries({ queryKey, exact: true }),
      // What has failed hides nothing.
      () => undefined,
    );
}
