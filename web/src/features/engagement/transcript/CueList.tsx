import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { indexAt, type PlainCue } from "@/player/cues";
import { playhead, usePlayhead } from "@/player/playhead";
import { Chunked } from "@/ui/Chunked";
import { formatClock } from "@/ui/format";
import { cutAtFinds, holds } from "./search";
import classes from "./Transcript.module.css";

const ROW_HEIGHT = 44;
const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };

function Marked({ text, looked }: { text: string; looked: string }) {
  return cutAtFinds(text, looked).map((piece, at) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text never change places.
    at % 2 ? <mark key={at}>{piece}</mark> : piece,
  );
}

const rowOf = (list: HTMLElement | null, row: number): HTMLElement | null =>
  list?.querySelector(`[data-row="${row}"]`) ?? null;

interface CueListProps {
  label: string;
  cues: readonly PlainCue[];
  looked: string;
}

/** Cues that follow the player and send it elsewhere; arrow keys go from one to the next. */
export function CueList({ label, cues, looked }: CueListProps) {
  const t = useTranslations("transcript");
  const scroller = useRef<HTMLElement>(null);
  const now = usePlayhead((seconds) => (seconds === null ? -1 : indexAt(cues, seconds)));
  const [isFollowing, setFollowing] = useState(true);
  const [focused, setFocused] = useState<number | null>(null);
  const rows = cues
    .map((cue, index) => ({ ...cue, index }))
    .filter(({ text }) => !looked || holds(text, looked));
  const nowRow = rows.findIndex(({ index }) => index === now);

  useEffect(() => {
    const list = scroller.current;
    const row = rowOf(list, nowRow);
    if (!list || !row || !isFollowing || looked) return;
    // Only the list may move: scrolling into view would move the page as well.
    const top = row.offsetTop - (list.clientHeight - row.clientHeight) / 2;
    list.scrollTo({ top, behavior: "smooth" });
  }, [nowRow, isFollowing, looked]);

  useEffect(() => {
    if (focused !== null) rowOf(scroller.current, focused)?.focus();
  }, [focused]);

  const onKeyDown = (event: KeyboardEvent) => {
    const at = Number((event.target as HTMLElement).dataset.row);
    const goal =
      event.key === "Home"
        ? 0
        : event.key === "End"
          ? rows.length - 1
          : at + (STEPS[event.key] ?? 0);
    if (!(event.key in STEPS || event.key === "Home" || event.key === "End")) return;
    event.preventDefault();
    // These keys change the volume and the second when the player hears them.
    event.stopPropagation();
    setFollowing(false);
    setFocused(Math.min(rows.length - 1, Math.max(0, goal)));
  };

  return (
    <>
      <section
        ref={scroller}
        className={classes.list}
        aria-label={label}
        onPointerDown={() => setFollowing(false)}
        onWheel={() => setFollowing(false)}
        onTouchMove={() => setFollowing(false)}
        onKeyDown={onKeyDown}
        onBlur={() => setFocused(null)}
      >
        <Chunked
          items={rows}
          rowHeight={ROW_HEIGHT}
          kept={focused ?? nowRow}
          scroller={scroller}
          className={classes.rows}
        >
          {({ start, text, index }, row) => (
            <li key={index}>
              <button
                type="button"
                data-row={row}
                tabIndex={row === Math.max(0, focused ?? nowRow) ? 0 : -1}
                aria-current={index === now ? "true" : undefined}
                onClick={() => {
                  playhead.seek(start);
                  setFollowing(true);
                }}
              >
                <span className="tabular">{formatClock(start)}</span>
                <span>{looked ? <Marked text={text} looked={looked} /> : text}</span>
              </button>
            </li>
          )}
        </Chunked>
        {rows.length === 0 && <p className={classes.none}>{t("noFinds")}</p>}
      </section>
      {!isFollowing && !looked && (
        <button type="button" className={classes.follow} onClick={() => setFollowing(true)}>
          {t("follow")}
        </button>
      )}
    </>
  );
}
