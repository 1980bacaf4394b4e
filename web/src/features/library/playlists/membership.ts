import type { Membership } from "@/api/types";

/** The server makes the list on its first use; until then it stands here without an id. */
const NOT_MADE_YET: Membership = {
  id: "",
  kind: "watch_later",
  title: "",
  is_public: false,
  contains: false,
};

/** The playlists with the one to watch later before all others, whether it was ever used or not. */
export function withWatchLater(items: readonly Membership[]): Membership[] {
  const later = items.find(({ kind }) => kind === "watch_later") ?? NOT_MADE_YET;
  return [later, ...items.filter(({ kind }) => kind !== "watch_later")];
}

/** The same with the video put into one of them or taken out. */
export function withContains(
  items: readonly Membership[] | undefined,
  changed: Pick<Membership, "id" | "kind">,
  contains: boolean,
): Membership[] {
  return withWatchLater(items ?? []).map((item) =>
    item.id === changed.id || (item.kind === "watch_later" && changed.kind === "watch_later")
      ? { ...item, contains }
      : item,
  );
}
