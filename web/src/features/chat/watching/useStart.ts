import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ApiError } from "@/api/client";
import { useErrorText } from "@/ui/errors";
import { toastError } from "@/ui/toasts";
import { refetchParty, startParty } from "./queries";

interface Wanted {
  videoId: string;
  /** Seconds. */
  from: number;
}

/** Begins to watch something together in a conversation. */
export function useStart(conversationId: string) {
  const text = useErrorText();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ videoId, from }: Wanted) => startParty(queries, conversationId, videoId, from),
    onError: (error) => {
      toastError(text(error));
      const isRunning = error instanceof ApiError && error.code === "already_watching";
      if (isRunning) void refetchParty(queries, conversationId);
    },
  });
}
