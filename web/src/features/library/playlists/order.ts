/** The list with one entry taken out and put in at another place. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = list.filter((_, at) => at !== from);
  const entry = list.slice(from, from + 1);
  return [...rest.slice(0, to), ...entry, ...rest.slice(to)];
}

/** Which place an entry has when it is let go with its middle at `y`; `middles` are those of all. */
export function placeAt(middles: readonly number[], from: number, y: number): number {
  return middles.filter((middle, at) => at !== from && middle < y).length;
}

/** Where a key takes the entry; null for every other key. */
export function placeAfterKey(key: string, at: number, count: number): number | null {
  switch (key) {
    case "ArrowUp":
      return Math.max(0, at - 1);
    case "ArrowDown":
      return Math.min(count - 1, at + 1);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}

interface Queued {
  id: string;
  asset: { playable: boolean };
}

/** The next one that can be played; what is still being made is passed over. */
export function nextOf<T extends Queued>(items: readonly T[], id: string): T | undefined {
  const at = items.findIndex((item) => item.id === id);
  return at < 0 ? undefined : items.slice(at + 1).find(({ asset }) => asset.playable);
}

/** Each once: a page fetched after a change may repeat what an earlier one had. */
export function distinct<T extends { id: string }>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [item.id, item])).values()];
}
