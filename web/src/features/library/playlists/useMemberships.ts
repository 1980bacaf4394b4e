import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Membership } from "@/api/types";
import { useErrorText } from "@/ui/errors";
import { toastError } from "@/ui/toasts";
import { withContains } from "./membership";
import { CHANGING, membershipsQuery, refreshPlaylists, setMembership } from "./queries";

interface Change {
  list: Membership;
  contains: boolean;
}

/** One's own playlists beside a video, fetched once they are wanted; changes show at once. */
export function useMemberships(videoId: string, isWanted: boolean) {
  const queries = useQueryClient();
  const text = useErrorText();
  const { queryKey } = membershipsQuery(videoId);
  const query = useQuery({ ...membershipsQuery(videoId), enabled: isWanted });
  const change = useMutation({
    mutationKey: CHANGING,
    scope: { id: `memberships-${videoId}` },
    mutationFn: ({ list, contains }: Change) => setMembership(list, videoId, contains),
    onMutate: async ({ list, contains }) => {
      await queries.cancelQueries({ queryKey });
      queries.setQueryData(queryKey, (items) => withContains(items, list, contains));
    },
    onError: (error, { list, contains }) => {
      queries.setQueryData(queryKey, (items) => withContains(items, list, !contains));
      toastError(text(error));
    },
    onSettled: () => refreshPlaylists(queries),
  });
  return { ...query, change };
}
