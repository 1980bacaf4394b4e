import type { Category } from "@/api/types";
import { moved } from "@/features/library/playlists/order";

/** The new `sort_order` of every category whose place changes when one is put at another place. */
export function reorder(
  categories: readonly Pick<Category, "id" | "sort_order">[],
  from: number,
  to: number,
): { id: string; sort_order: number }[] {
  return moved(categories, from, to)
    .map(({ id, sort_order }, at) => ({ id, before: sort_order, sort_order: at + 1 }))
    .filter(({ before, sort_order }) => before !== sort_order)
    .map(({ id, sort_order }) => ({ id, sort_order }));
}
