import { type PointerEvent, useEffect, useRef, useState } from "react";
import { placeAt } from "./order";

const EDGE = 90;
const SCROLL_STEP = 10;

interface Drag {
  from: number;
  to: number;
  /** How far the entry is from where it was. */
  offset: number;
  height: number;
}

interface Grip {
  from: number;
  /** Where it would be put now; the state of the page may lag behind the hand. */
  to: number;
  /** Where the pointer took hold, and the middles of all entries: in the page, not in the window. */
  startY: number;
  middles: number[];
  height: number;
  clientY: number;
}

/**
 * Puts the entries of a list in order by pointer: mouse, pen or finger on a handle.
 * The list itself is told only when the entry is let go.
 */
export function useDragOrder(onDrop: (from: number, to: number) => void) {
  const list = useRef<HTMLOListElement>(null);
  const grip = useRef<Grip | null>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  const isDragging = drag !== null;

  const follow = (clientY: number) => {
    const held = grip.current;
    if (!held) return;
    held.clientY = clientY;
    const offset = clientY + scrollY - held.startY;
    const middle = (held.middles[held.from] ?? 0) + offset;
    const to = placeAt(held.middles, held.from, middle);
    held.to = to;
    setDrag({ from: held.from, to, offset, height: held.height });
  };
  const latest = useRef(follow);
  latest.current = follow;

  // Near the edge of the window the page goes on below the pointer.
  useEffect(() => {
    if (!isDragging) return;
    const timer = setInterval(() => {
      const held = grip.current;
      if (!held) return;
      const step =
        held.clientY < EDGE ? -SCROLL_STEP : held.clientY > innerHeight - EDGE ? SCROLL_STEP : 0;
      if (step === 0) return;
      scrollBy({ top: step, behavior: "instant" });
      latest.current(held.clientY);
    }, 16);
    return () => clearInterval(timer);
  }, [isDragging]);

  const letGo = (isDropped: boolean) => {
    const held = grip.current;
    grip.current = null;
    setDrag(null);
    if (isDropped && held && held.to !== held.from) onDrop(held.from, held.to);
  };

  const handle = (from: number) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0 || !list.current) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const boxes = [...list.current.children].map((entry) => entry.getBoundingClientRect());
      const middles = boxes.map(({ top, height }) => top + scrollY + height / 2);
      const startY = event.clientY + scrollY;
      const height = boxes[from]?.height ?? 0;
      grip.current = { from, to: from, startY, middles, height, clientY: event.clientY };
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => follow(event.clientY),
    onPointerUp: () => letGo(true),
    onPointerCancel: () => letGo(false),
  });

  /** How far an entry stands aside for the one that is dragged. */
  const shiftOf = (at: number): number => {
    if (!drag) return 0;
    if (at === drag.from) return drag.offset;
    if (at > drag.from && at <= drag.to) return -drag.height;
    if (at < drag.from && at >= drag.to) return drag.height;
    return 0;
  };

  return { list, handle, shiftOf, draggedAt: drag?.from ?? null, cancel: () => letGo(false) };
}
