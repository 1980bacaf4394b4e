import { useEffect, useState } from "react";

const WRITES = "input, textarea, select, [contenteditable]";

/** Whether the list of keys is open: by its own key, or by whoever calls `open`. */
export function useKeyList(isWanted: boolean) {
  const [isOpen, setOpen] = useState(false);
  const open = () => {
    // Nothing shows over what is in full screen.
    if (document.fullscreenElement) void document.exitFullscreen();
    setOpen(true);
  };
  useEffect(() => {
    if (!isWanted) return;
    const onKey = ({ key, target }: KeyboardEvent) => {
      const isWriting = target instanceof Element && target.matches(WRITES);
      if (key === "?" && !isWriting) open();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  });
  return { isOpen: isOpen && isWanted, open, close: () => setOpen(false) };
}
