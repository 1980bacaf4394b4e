import { Title } from "@mantine/core";
import {
  type KeyboardEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useRef,
  useState,
} from "react";
import { useTranslations } from "use-intl";
import { IconChevronLeft, IconChevronRight } from "./icons";
import classes from "./Row.module.css";

interface RowProps {
  title: string;
  /** A link to all of them. */
  more?: ReactNode;
  children: ReactNode;
}

/** Keeps the arrows in step with what is still hidden on each side. */
function useEdges() {
  const track = useRef<HTMLUListElement>(null);
  const [edges, setEdges] = useState({ back: false, on: false });
  const look = useCallback(() => {
    const element = track.current;
    if (!element) return;
    const end = element.scrollWidth - element.clientWidth;
    setEdges({ back: element.scrollLeft > 8, on: element.scrollLeft < end - 8 });
  }, []);
  useEffect(() => {
    const element = track.current;
    if (!element) return;
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, [look]);
  const page = (direction: 1 | -1) => {
    const element = track.current;
    const wantsCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const behavior = wantsCalm ? "instant" : "smooth";
    element?.scrollBy({ left: direction * element.clientWidth * 0.9, behavior });
  };
  return { track, edges, look, page };
}

/** Left and right walk the row's links, as on a shelf; a `data-aside` stands beside the way. */
function walk(event: KeyboardEvent<HTMLUListElement>): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>("a[href]:not([data-aside])")];
  const at = links.indexOf(document.activeElement as HTMLElement);
  const next = links[at + step];
  if (at < 0 || !next) return;
  event.preventDefault();
  next.focus();
}

interface ArrowProps {
  row: string;
  side: "back" | "on";
  /** There is nothing more to this side; the button stays, so that the keyboard keeps its place. */
  isAtEnd: boolean;
  onClick: () => void;
}

function Arrow({ row, side, isAtEnd, onClick }: ArrowProps) {
  const t = useTranslations("common");
  const Icon = side === "back" ? IconChevronLeft : IconChevronRight;
  return (
    <button
      type="button"
      className={classes.arrow}
      data-side={side}
      aria-disabled={isAtEnd}
      aria-label={t(side === "back" ? "scrollBack" : "scrollOn", { row })}
      onClick={isAtEnd ? undefined : onClick}
    >
      <Icon size={22} />
    </button>
  );
}

/** A row that pages sideways: by touch, by wheel, by arrow, and by the keyboard through its links. */
export function Row({ title, more, children }: RowProps) {
  const { track, edges, look, page } = useEdges();
  return (
    <section className={classes.row} aria-label={title}>
      <div className={classes.head}>
        <Title order={2}>{title}</Title>
        {more}
      </div>
      <ul className={classes.track} ref={track} onScroll={look} onKeyDown={walk}>
        {children}
      </ul>
      {(edges.back || edges.on) && (
        <>
          <Arrow row={title} side="back" isAtEnd={!edges.back} onClick={() => page(-1)} />
          <Arrow row={title} side="on" isAtEnd={!edges.on} onClick={() => page(1)} />
        </>
      )}
    </section>
  );
}
