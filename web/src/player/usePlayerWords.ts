import { useMemo } from "react";
import { useMessages } from "use-intl";

/** The player's own English words in the current language. */
export function usePlayerWords(): Record<string, string> {
  const messages = useMessages();
  return useMemo(() => messages.player.words, [messages]);
}
