import type { ReactNode } from "react";
import type { ReactionType } from "@/api/types";

const INK = "#4b2e07";

const face = <circle cx="12" cy="12" r="11" fill="#fbc740" />;

/** Drawn here, because not every system has colourful letters, and no two have the same. */
const DRAWINGS: Record<ReactionType, ReactNode> = {
  like: (
    <>
      <circle cx="12" cy="12" r="11" fill="#2b76d9" />
      <path
        transform="translate(5 4.6) scale(.57)"
        fill="#fff"
        d="M13 3a3 3 0 0 1 3 3v4h2a3 3 0 0 1 3 3.2l-1 5c-.4 1.7-1.5 2.8-2.8 2.8H9a1 1 0 0 1-1-1v-9.5a1 1 0 0 1 .5-.9A3 3 0 0 0 10 7V6a3 3 0 0 1 3-3zM5 10a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H4a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2z"
      />
    </>
  ),
  love: (
    <>
      <circle cx="12" cy="12" r="11" fill="#e2354f" />
      <path
        transform="translate(5.3 5.5) scale(.56)"
        fill="#fff"
        d="M6.98 3.07a6 6 0 0 1 5.02 1.46 6 6 0 0 1 5.02-1.43 6 6 0 0 1 3.36 10l-7.68 7.6a1 1 0 0 1-1.4 0l-7.5-7.42a6 6 0 0 1 3.18-10.21z"
      />
    </>
  ),
  haha: (
    <>
      {face}
      <path
        d="M5.5 8.2 9 9.8l-3.5 1.4M18.5 8.2 15 9.8l3.5 1.4"
        fill="none"
        stroke={INK}
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <path d="M5.7 13.2h12.6a6.3 6.3 0 0 1-12.6 0z" fill={INK} />
      <path d="M8.3 18.2a4.5 4.5 0 0 1 7.4 0 6.3 6.3 0 0 1-7.4 0z" fill="#ea5a47" />
    </>
  ),
  wow: (
    <>
      {face}
      <path
        d="M5.8 6.4q1.5-1.5 3.3-.9M18.2 6.4q-1.5-1.5-3.3-.9"
        fill="none"
        stroke={INK}
        strokeWidth="1.3"
        strokeLinecap="round"
      />
      <ellipse cx="8" cy="9.7" rx="1.4" ry="1.9" fill={INK} />
      <ellipse cx="16" cy="9.7" rx="1.4" ry="1.9" fill={INK} />
      <ellipse cx="12" cy="16.6" rx="2.7" ry="3.5" fill={INK} />
    </>
  ),
  sad: (
    <>
      {face}
      <path
        d="M5.8 8q1.8-.3 2.8-1.7M18.2 8q-1.8-.3-2.8-1.7"
        fill="none"
        stroke={INK}
        strokeWidth="1.3"
        strokeLinecap="round"
      />
      <circle cx="8.2" cy="11" r="1.5" fill={INK} />
      <circle cx="15.8" cy="11" r="1.5" fill={INK} />
      <path
        d="M8.4 17.7q3.6-3.2 7.2 0"
        fill="none"
        stroke={INK}
        strokeWidth="1.6"
        strokeLinecap="round"
      />
      <path
        d="M17.3 13.2c1.3 1.9 1.9 2.9 1.9 3.8a1.9 1.9 0 0 1-3.8 0c0-.9.6-1.9 1.9-3.8z"
        fill="#3f97e8"
      />
    </>
  ),
  pray: (
    <>
      <circle cx="12" cy="12" r="11" fill="#7657c9" />
      <path
        fill="#fff"
        d="M11.5 4.7c-.9.2-1.4.9-1.6 1.8l-1.2 6-2.9 3.4 3.1 3.2 1.8-1.5c.5-.4.8-1 .8-1.7zM12.5 4.7c.9.2 1.4.9 1.6 1.8l1.2 6 2.9 3.4-3.1 3.2-1.8-1.5c-.5-.4-.8-1-.8-1.7z"
      />
    </>
  ),
};

interface ReactionIconProps {
  type: ReactionType;
  size?: number;
}

export function ReactionIcon({ type, size = 20 }: ReactionIconProps) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      {DRAWINGS[type]}
    </svg>
  );
}
