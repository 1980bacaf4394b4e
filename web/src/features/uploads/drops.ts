import { useEffect, useRef } from "react";

/** Who takes files that are dropped on the page; without anybody, they are uploaded. */
export interface DropTaker {
  /** What happens to them, said while they are over the page. */
  hint: string;
  take: (files: File[]) => void;
}

let taker: DropTaker | null = null;

export const dropTaker = (): DropTaker | null => taker;

/** Takes what is dropped anywhere on the page for as long as the caller is on it. */
export function useDropTaker(given: DropTaker): void {
  const newest = useRef(given);
  newest.current = given;
  useEffect(() => {
    const mine: DropTaker = {
      get hint() {
        return newest.current.hint;
      },
      take: (files) => newest.current.take(files),
    };
    taker = mine;
    return () => {
      if (taker === mine) taker = null;
    };
  }, []);
}
