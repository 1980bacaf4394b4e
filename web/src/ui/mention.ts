/** A mention that is being typed. */

export interface TypedMention {
  /** Where its @ stands. */
  start: number;
  /** What follows the @ so far. */
  query: string;
}

const TYPED = /(?<![\p{L}\p{N}_@.-])@([\p{L}\p{N}_.-]{1,30})$/u;

export function mentionAt(text: string, caret: number): TypedMention | null {
  const found = TYPED.exec(text.slice(0, caret));
  return found?.[1] ? { start: found.index, query: found[1] } : null;
}

/** The text with the whole name, and where one goes on typing. */
export function completed(
  text: string,
  { start, query }: TypedMention,
  username: string,
): { text: string; caret: number } {
  const rest = text.slice(start + 1 + query.length);
  const name = `@${username}${rest.startsWith(" ") ? "" : " "}`;
  return {
    text: text.slice(0, start) + name + rest,
    caret: start + username.length + 2,
  };
}
