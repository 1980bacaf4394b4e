import type { Message } from "@/api/types";

/** What the composer is about: an answer to a message, or another text for one. */
export interface Aim {
  kind: "reply" | "edit";
  message: Message;
}
