/** Puts together what stands so close on the time bar that no finger could tell it apart. */

export interface Gathered<T> {
  /** 0 to 1, of the whole bar. */
  at: number;
  items: T[];
}

/** `items` in the order of time; `apart` is the least distance of two marks, 0 to 1. */
export function gathered<T extends { seconds: number }>(
  items: readonly T[],
  duration: number,
  apart: number,
): Gathered<T>[] {
  const marks: Gathered<T>[] = [];
  if (!(duration > 0)) return marks;
  for (const item of items) {
    if (item.seconds > duration) continue;
    const at = item.seconds / duration;
    const last = marks.at(-1);
    if (last && at - last.at < apart) last.items.push(item);
    else marks.push({ at, items: [item] });
  }
  return marks;
}
