import MarkdownToReact, { type MarkdownToJSX } from "markdown-to-jsx/react";
import type { ComponentProps, ReactNode } from "react";
import classes from "./Markdown.module.css";

/** Only addresses that lead to a page, a place on this one, or a mail. */
const SAFE = /^(?:https?:|mailto:|\/(?![/\\])|#)/i;

/** Undefined for what no link may lead to. */
export function safeAddress(address: string): string | undefined {
  const bare = address.trim();
  return SAFE.test(bare) ? bare : undefined;
}

function SafeLink({ href, children }: ComponentProps<"a">) {
  if (!href) return children;
  return (
    <a href={href} rel="noopener noreferrer" target={href.startsWith("#") ? undefined : "_blank"}>
      {children}
    </a>
  );
}

/** No page of ours loads anything from elsewhere: a picture is a link to where it is. */
function PictureLink({ src, alt }: ComponentProps<"img">) {
  const href = safeAddress(String(src ?? ""));
  return href ? <SafeLink href={href}>{alt || href}</SafeLink> : alt;
}

const heading = (level: 3 | 4) => {
  const Tag = `h${level}` as const;
  return ({ children }: { children?: ReactNode }) => <Tag>{children}</Tag>;
};

const OPTIONS: MarkdownToJSX.Options = {
  disableParsingRawHTML: true,
  forceBlock: true,
  // Ids made from headings could stand twice on a page.
  slugify: () => "",
  sanitizer: (value) => safeAddress(value) ?? null,
  wrapper: "div",
  overrides: {
    a: SafeLink,
    img: PictureLink,
    // The page itself has the first two.
    h1: heading(3),
    h2: heading(3),
    h3: heading(4),
    h4: heading(4),
    h5: heading(4),
    h6: heading(4),
  },
};

/** A text in Markdown; HTML in it is shown as the text that it is. */
export default function Markdown({ text }: { text: string }) {
  return (
    <div className={classes.text}>
      <MarkdownToReact options={OPTIONS}>{text}</MarkdownToReact>
    </div>
  );
}
