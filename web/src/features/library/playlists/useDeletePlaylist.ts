import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { Playlist } from "@/api/types";
import { useConfirm } from "@/ui/Confirm";
import { useErrorText } from "@/ui/errors";
import { toast, toastError } from "@/ui/toasts";
import { deletePlaylist, itemsQuery, playlistQuery, refreshPlaylists } from "./queries";

/** Deletes a playlist after asking; `onDeleted` comes before the lists are fetched anew. */
export function useDeletePlaylist(playlist: Playlist, onDeleted?: () => Promise<void>) {
  const t = useTranslations("playlists");
  const queries = useQueryClient();
  const confirm = useConfirm();
  const text = useErrorText();
  const remove = useMutation({
    mutationFn: () => deletePlaylist(playlist.id),
    onSuccess: async () => {
      toast(t("deleted"));
      await onDeleted?.();
      queries.removeQueries({ queryKey: playlistQuery(playlist.id).queryKey });
      queries.removeQueries({ queryKey: itemsQuery(playlist.id).queryKey });
      await refreshPlaylists(queries);
    },
    onError: (error) => toastError(text(error)),
  });
  return async () => {
    const isSure = await confirm({
      title: t("deleteTitle"),
      text: t("deleteText", { title: playlist.title }),
      action: t("delete"),
    });
    if (isSure) remove.mutate();
  };
}
