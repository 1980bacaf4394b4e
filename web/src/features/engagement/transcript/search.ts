/** Finds words in captions, whatever their accents and capitals. */

/** `Été` → `ete`, character by character, so that places in the text stay the same. */
export const fold = (text: string): string =>
  [...text]
    .map((character) => {
      const [base = character] = character.normalize("NFD").toLowerCase();
      return base.length === character.length ? base : character;
    })
    .join("");

/** A text cut where it holds what was looked for: every second piece is a find. */
export function cutAtFinds(text: string, looked: string): string[] {
  const [folded, wanted] = [fold(text), fold(looked.trim())];
  const pieces: string[] = [];
  let end = 0;
  for (let at = wanted ? folded.indexOf(wanted) : -1; at >= 0; at = folded.indexOf(wanted, end)) {
    pieces.push(text.slice(end, at), text.slice(at, at + wanted.length));
    end = at + wanted.length;
  }
  return [...pieces, text.slice(end)];
}

export const holds = (text: string, looked: string): boolean =>
  fold(text).includes(fold(looked.trim()));
