/** Finds in a text the words that were looked for, about as the server does: by their beginnings. */

export interface Part {
  text: string;
  isMarked: boolean;
}

const WORDS = /[\p{L}\p{N}]+/gu;
const ACCENTS = /[\u0300-\u036f]/g;
/** Forms of one word share at least this much, and differ in an ending no longer than that. */
const SHORTEST_STEM = 3;
const LONGEST_ENDING = 4;

const fold = (text: string): string =>
  text.normalize("NFKC").toLowerCase().normalize("NFD").replace(ACCENTS, "");

function isFormOf(word: string, asked: string): boolean {
  if (word === asked) return true;
  let shared = 0;
  while (shared < Math.min(word.length, asked.length) && word[shared] === asked[shared]) {
    shared += 1;
  }
  const rest = Math.max(word.length, asked.length) - shared;
  return shared >= SHORTEST_STEM && shared * 2 >= asked.length && rest <= LONGEST_ENDING;
}

/** The text in parts, the words of the query and their other forms marked. */
export function markWords(text: string, query: string): Part[] {
  const asked = (query.match(WORDS) ?? []).map(fold);
  const typed = asked.at(-1);
  const parts: Part[] = [];
  let end = 0;
  for (const { 0: word, index } of text.matchAll(WORDS)) {
    const folded = fold(word);
    const isTyped = typed !== undefined && folded.startsWith(typed);
    if (!isTyped && !asked.some((one) => isFormOf(folded, one))) continue;
    if (index > end) parts.push({ text: text.slice(end, index), isMarked: false });
    parts.push({ text: word, isMarked: true });
    end = index + word.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), isMarked: false });
  return parts;
}
