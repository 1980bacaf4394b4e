/** Takes the text of a comment apart into what becomes a link and what stays as it is. */

export type TextPart =
  | { kind: "text"; text: string }
  | { kind: "mention"; text: string; username: string }
  | { kind: "time"; text: string; seconds: number }
  | { kind: "link"; text: string; href: string };

/** The server finds mentions by the same rule. */
const TOKEN = new RegExp(
  [
    /(?<link>https?:\/\/[^\s<>"]+)/,
    /(?<![\w@.-])@(?<name>[a-z0-9_.-]{3,30})/,
    /(?<![\d:.,/-])(?<time>(?:\d{1,2}:)?[0-5]?\d:[0-5]\d)(?![\d:]|[.,]\d)/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "gi",
);
const SENTENCE_ENDS = /[.,;:!?'")\]}]+$/;
const NAME_ENDS = /[.-]+$/;

const secondsOf = (clock: string): number =>
  clock.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);

interface Surroundings {
  /** Whom the comment really names. */
  usernames: ReadonlySet<string>;
  /** Later times lead nowhere. Seconds. */
  duration: number | null;
}

function partOf(found: RegExpExecArray, { usernames, duration }: Surroundings): TextPart | null {
  const { link, name, time } = found.groups ?? {};
  if (link) {
    const text = link.replace(SENTENCE_ENDS, "");
    return URL.canParse(text) ? { kind: "link", text, href: text } : null;
  }
  if (name) {
    const wanted = [name, name.replace(NAME_ENDS, "")].find((one) =>
      usernames.has(one.toLowerCase()),
    );
    return wanted ? { kind: "mention", text: `@${wanted}`, username: wanted.toLowerCase() } : null;
  }
  if (time && duration !== null) {
    const seconds = secondsOf(time);
    return seconds <= duration ? { kind: "time", text: time, seconds } : null;
  }
  return null;
}

export function textParts(text: string, surroundings: Surroundings): TextPart[] {
  const parts: TextPart[] = [];
  let done = 0;
  const plain = (end: number) => {
    if (end > done) parts.push({ kind: "text", text: text.slice(done, end) });
  };
  for (const found of text.matchAll(TOKEN)) {
    const part = partOf(found, surroundings);
    if (!part) continue;
    plain(found.index);
    parts.push(part);
    done = found.index + part.text.length;
  }
  plain(text.length);
  return parts;
}
