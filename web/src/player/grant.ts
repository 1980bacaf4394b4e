/**
 * Media addresses are `/media/{grant}/{what}`. The grant expires and is renewed; what is behind it
 * stays the same. So a player can go on with a new grant without loading anything again.
 */

const MEDIA = /(\/media\/)([^/]+)(\/)/;

export const grantOf = (url: string): string | null => MEDIA.exec(url)?.[2] ?? null;

/** The same address under another grant; addresses that carry none stay as they are. */
export function withGrant(url: string, grant: string | null): string {
  return grant === null ? url : url.replace(MEDIA, (_all, head, _old, tail) => head + grant + tail);
}

/** Whether two addresses lead to the same thing, whatever their grants. */
export const isSameMedia = (one: string, other: string): boolean =>
  withGrant(one, "") === withGrant(other, "");
