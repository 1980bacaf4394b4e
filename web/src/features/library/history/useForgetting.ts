import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { VideoCard } from "@/api/types";
import { useErrorText } from "@/ui/errors";
import { SHOWN_WITH_ACTION_MS, toast, toastError, toastStore } from "@/ui/toasts";
import { forgetVideo, refreshWatched } from "./queries";

interface Waiting {
  timer: ReturnType<typeof setTimeout>;
  toastKey: number;
}

/** The keyboard goes on beside what goes away. */
function focusBeside(): void {
  const entry = document.activeElement?.closest("li");
  const beside = entry?.nextElementSibling ?? entry?.previousElementSibling;
  beside?.querySelector<HTMLElement>("a[href]")?.focus();
}

/**
 * Takes videos out of the history. They are hidden at once; the server hears of it when there is
 * no more time to undo it, or when the page is left.
 */
export function useForgetting() {
  const t = useTranslations("history");
  const text = useErrorText();
  const queries = useQueryClient();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const waiting = useRef(new Map<string, Waiting>());

  const show = (id: string) => setHidden((ids) => new Set([...ids].filter((one) => one !== id)));

  /** Ends the time to undo it; says whether there was any left. */
  const settle = (id: string): boolean => {
    const one = waiting.current.get(id);
    if (!one) return false;
    waiting.current.delete(id);
    clearTimeout(one.timer);
    toastStore.close(one.toastKey);
    return true;
  };

  const send = async (id: string, isLeaving = false) => {
    if (!settle(id)) return;
    try {
      await forgetVideo(id, isLeaving);
      await refreshWatched(queries);
    } catch (error) {
      toastError(text(error));
    }
    show(id);
  };
  const latest = useRef(send);
  latest.current = send;

  useEffect(() => {
    const leave = () => {
      for (const id of [...waiting.current.keys()]) void latest.current(id, true);
    };
    addEventListener("pagehide", leave);
    return () => {
      removeEventListener("pagehide", leave);
      leave();
    };
  }, []);

  const forget = ({ id, title }: Pick<VideoCard, "id" | "title">) => {
    focusBeside();
    setHidden((ids) => new Set([...ids, id]));
    const undo = () => {
      if (settle(id)) show(id);
    };
    const toastKey = toast(t("forgotten", { title }), { label: t("undo"), go: undo });
    const timer = setTimeout(() => void latest.current(id), SHOWN_WITH_ACTION_MS);
    waiting.current.set(id, { timer, toastKey });
  };

  return { hidden, forget };
}
