import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Category } from "@/api/types";
import { moved } from "@/features/library/playlists/order";
import { categoriesQuery, changeCategory, refreshVideos } from "@/features/library/queries";
import { useErrorText } from "@/ui/errors";
import { toastError } from "@/ui/toasts";
import { reorder } from "./categoryOrder";

interface Change {
  id: string;
  sort_order?: number;
  is_active?: boolean;
}

/** Changes of categories; a new order shows before the server knows. */
export function useCategoryChanges(categories: Category[]) {
  const text = useErrorText();
  const queries = useQueryClient();
  const { queryKey } = categoriesQuery();
  const { mutate } = useMutation({
    // One after the other: of two orders at once, the later one is meant.
    scope: { id: "categories" },
    mutationFn: async (changes: Change[]) => {
      for (const { id, ...change } of changes) await changeCategory(id, change);
    },
    onSettled: () => refreshVideos(queries),
    onError: (error) => toastError(text(error)),
  });
  return {
    move: (from: number, to: number) => {
      const changes = reorder(categories, from, to);
      void queries.cancelQueries({ queryKey });
      const items = moved(categories, from, to).map((one, at) => ({ ...one, sort_order: at + 1 }));
      queries.setQueryData(queryKey, { items });
      mutate(changes);
    },
    turn: (id: string, is_active: boolean) => mutate([{ id, is_active }]),
  };
}
