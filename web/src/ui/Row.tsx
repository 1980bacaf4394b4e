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
    element?.scrollBy({ left: direction * element.clientWidth * 0.9, behavior: "smooth" });
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

/** A row that pages sideways: by touch, by wheel, by arrow, and by the keyboard through its links. */
export function Row({ title, more, children }: RowProps) {
  const t = useTranslations("common");
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
      {/* The arrows are for the mouse: the keyboard walks the links, which scroll into view. */}
      {edges.back && (
        <button
          type="button"
          tabIndex={-1}
          className={classes.arrow}
          data-side="back"
          aria-label={t("scrollBack")}
          onClick={() => page(-1)}
        >
          <IconChevronLeft size={22} />
        </button>
      )}
      {edges.on && (
        <button
          type="button"
          tabIndex={-1}
          className={classes.arrow}
          data-side="on"
          aria-label={t("scrollOn")}
          onClick={() => page(1)}
        >
          <IconChevronRight size={22} />
        </button>
      )}
    </section>
  );
}
