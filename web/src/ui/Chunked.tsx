import { type ReactNode, type RefObject, useEffect, useRef, useState } from "react";

const CHUNK = 50;

interface ChunkProps {
  children: ReactNode;
  /** Pixels, as a guess until it was drawn once. */
  height: number;
  isKept: boolean;
  scroller: RefObject<HTMLElement | null> | undefined;
}

/** Holds the place of its rows and draws them only near the window. */
function Chunk({ children, height, isKept, scroller }: ChunkProps) {
  const place = useRef<HTMLDivElement>(null);
  const [isNear, setNear] = useState(false);
  const [seen, setSeen] = useState(height);
  const isDrawn = isNear || isKept;
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (!entry) return;
        if (!entry.isIntersecting && entry.boundingClientRect.height > 0) {
          setSeen(entry.boundingClientRect.height);
        }
        setNear(entry.isIntersecting);
      },
      { root: scroller?.current ?? null, rootMargin: "800px 0px" },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
  return (
    <div ref={place} style={isDrawn ? undefined : { height: seen }}>
      {isDrawn && children}
    </div>
  );
}

interface ChunkedProps<T> {
  items: readonly T[];
  /** Of one row in pixels, as a guess. */
  rowHeight: number;
  /** The index of a row that is drawn wherever it is. */
  kept?: number;
  /** What scrolls, where that is not the page. */
  scroller?: RefObject<HTMLElement | null>;
  className?: string;
  children: (item: T, index: number) => ReactNode;
}

/** A list of any length that draws only what is near: rows are `<li>`s of their own keys. */
export function Chunked<T>(props: ChunkedProps<T>) {
  const { items, rowHeight, kept = -1, scroller, className, children } = props;
  const starts = Array.from({ length: Math.ceil(items.length / CHUNK) }, (_, at) => at * CHUNK);
  return starts.map((start) => {
    const rows = items.slice(start, start + CHUNK);
    return (
      <Chunk
        key={start}
        height={rows.length * rowHeight}
        scroller={scroller}
        isKept={starts.length === 1 || (kept >= start && kept < start + CHUNK)}
      >
        <ol className={className} start={start + 1}>
          {rows.map((item, at) => children(item, start + at))}
        </ol>
      </Chunk>
    );
  });
}
