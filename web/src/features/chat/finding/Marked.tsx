import { Fragment } from "react";
import type { TextPart } from "@/api/gen";

/** A text with the words that were looked for. */
export function Marked({ parts }: { parts: readonly TextPart[] }) {
  return parts.map(({ text, is_match }, at) => {
    const key = `${at}:${text}`;
    return is_match ? <mark key={key}>{text}</mark> : <Fragment key={key}>{text}</Fragment>;
  });
}
