import type { MediaPlayerInstance } from "@vidstack/react";
import { type RefObject, useEffect } from "react";

/** The pictures over the time bar have no alternative text of their own: they are decoration. */
export function useQuietThumbnails(player: RefObject<MediaPlayerInstance | null>): void {
  useEffect(() => {
    const root = player.current?.el;
    if (!root) return;
    const quiet = () => {
      for (const image of root.querySelectorAll<HTMLImageElement>("img:not([alt])")) image.alt = "";
    };
    const observer = new MutationObserver(quiet);
    observer.observe(root, { childList: true, subtree: true });
    quiet();
    return () => observer.disconnect();
  }, [player]);
}
