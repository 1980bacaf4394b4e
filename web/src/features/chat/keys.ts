/** Messages on their way are stored under this and their id. */
export const UNSENT = "lumenhall-unsent-message:";

export const keys = {
  all: ["chat"] as const,
  list: ["chat", "list"] as const,
  requests: ["chat", "requests"] as const,
  unread: ["chat", "unread"] as const,
  found: ["chat", "found"] as const,
  one: (id: string) => ["chat", "one", id] as const,
  thread: (id: string) => ["chat", "thread", id] as const,
};
