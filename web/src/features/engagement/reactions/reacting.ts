import type { ReactionType } from "@/api/types";

export const REACTIONS: readonly ReactionType[] = ["like", "love", "haha", "wow", "sad", "pray"];

export type ReactionCounts = { [type in ReactionType]?: number };

/** How something was received, and what one said to it oneself. */
export interface Standing {
  reaction_counts: ReactionCounts;
  my_reaction: ReactionType | null;
}

/** The same with another reaction of one's own. */
export function withMine<S extends Standing>(standing: S, mine: ReactionType | null): S {
  const counts = { ...standing.reaction_counts };
  const add = (type: ReactionType | null, by: 1 | -1) => {
    if (!type) return;
    const count = (counts[type] ?? 0) + by;
    if (count > 0) counts[type] = count;
    else delete counts[type];
  };
  add(standing.my_reaction, -1);
  add(mine, 1);
  return { ...standing, reaction_counts: counts, my_reaction: mine };
}

/** Those that there are, the most frequent first. */
export function ranked(counts: ReactionCounts): { type: ReactionType; count: number }[] {
  return REACTIONS.map((type) => ({ type, count: counts[type] ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((one, other) => other.count - one.count);
}

/** Something that can be reacted to: where it stands on the page, and how the server is told. */
export interface Target {
  key: string;
  read: () => Standing | undefined;
  write: (standing: Standing) => void;
  /** The same type again takes it back. */
  send: (type: ReactionType) => Promise<{
    type?: ReactionType | null;
    reaction_counts: ReactionCounts;
  }>;
  /** Asks the server how it really stands. */
  refresh: () => void;
}

interface Talk {
  /** The counts that came by the live connection in the meantime. */
  heard: ReactionCounts | null;
}

const talks = new Map<string, Talk>();

const same = (one: ReactionCounts, other: ReactionCounts): boolean =>
  REACTIONS.every((type) => (one[type] ?? 0) === (other[type] ?? 0));

/**
 * Reacts at once on the page and then at the server, one request after the other until the server
 * has what the person wanted last. What does not get through is taken back, and thrown.
 */
export async function react(target: Target, type: ReactionType): Promise<void> {
  const before = target.read();
  if (!before) return;
  target.write(withMine(before, before.my_reaction === type ? null : type));
  if (talks.has(target.key)) return;
  const talk: Talk = { heard: null };
  talks.set(target.key, talk);
  let confirmed = before.my_reaction;
  let counts = before.reaction_counts;
  try {
    for (;;) {
      const wanted = target.read()?.my_reaction ?? null;
      const next = wanted ?? confirmed;
      if (wanted === confirmed || !next) break;
      const reply = await target.send(next);
      confirmed = reply.type ?? null;
      counts = reply.reaction_counts;
      // By now the person may want something else again.
      const latest = target.read()?.my_reaction ?? null;
      const told = { reaction_counts: counts, my_reaction: confirmed };
      target.write(withMine(told, latest));
    }
    if (talk.heard && !same(talk.heard, counts)) target.refresh();
  } catch (error) {
    const now = target.read();
    if (now) target.write(withMine(now, confirmed));
    // It may have arrived all the same, and only the answer was lost.
    target.refresh();
    throw error;
  } finally {
    talks.delete(target.key);
  }
}

/**
 * Takes up the counts of a live event, and one's own reaction if it came from another page of one's
 * own, unless an answer to oneself is on its way.
 */
export function hear(
  target: Pick<Target, "key" | "read" | "write">,
  counts: ReactionCounts,
  mine?: ReactionType | null,
): void {
  const talk = talks.get(target.key);
  const standing = target.read();
  if (talk) talk.heard = counts;
  else if (standing) {
    const my_reaction = mine === undefined ? standing.my_reaction : mine;
    target.write({ ...standing, reaction_counts: counts, my_reaction });
  }
}
