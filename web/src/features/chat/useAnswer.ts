import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useErrorText } from "@/ui/errors";
import { keys } from "./keys";
import { dropLook } from "./looks";
import { acceptRequest, declineRequest } from "./queries";

/** Accepts or declines what somebody asks; a declined conversation closes. */
export function useAnswer() {
  const text = useErrorText();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { conversationId } = useParams({ strict: false });
  const { mutate, isPending, error } = useMutation({
    mutationFn: ({ id, accepts }: { id: string; accepts: boolean }) =>
      accepts ? acceptRequest(id) : declineRequest(id),
    onSuccess: async (_nothing, { id, accepts }) => {
      if (!accepts) {
        if (conversationId === id) await navigate({ to: "/chat" });
        dropLook(queries, id);
        queries.removeQueries({ queryKey: keys.one(id) });
      }
      await Promise.all(
        [keys.list, keys.requests, keys.unread, ...(accepts ? [keys.one(id)] : [])].map(
          (queryKey) => queries.invalidateQueries({ queryKey }),
        ),
      );
    },
  });
  return {
    answer: (id: string, accepts: boolean) => mutate({ id, accepts }),
    isPending,
    error: error && text(error),
  };
}
