import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useEffect, useState, useSyncExternalStore } from "react";
import { siteQuery } from "@/features/identity/queries";

let title = "";
let unread = 0;
const listeners = new Set<() => void>();

function setTitle(next: string): void {
  title = next;
  for (const listener of listeners) listener();
}

/** The title of the tab without what waits to be read. */
const COUNT = /^\(\d+\) /;

function setTabTitle(text: string): void {
  document.title = unread > 0 ? `(${unread}) ${text}` : text;
}

/** Shows in the tab how much waits to be read. */
export function setUnread(count: number): void {
  unread = count;
  setTabTitle(document.title.replace(COUNT, ""));
}

/** Names the page: in the tab, and aloud for those who cannot see it change. */
export function usePageTitle(name: string | undefined): void {
  const { data: site } = useQuery(siteQuery());
  const siteName = site?.name ?? "Lumenhall";
  useEffect(() => {
    if (!name) return;
    setTabTitle(name === siteName ? name : `${name} · ${siteName}`);
    setTitle(name);
  }, [name, siteName]);
}

export const MAIN_ID = "main";

/** After a change of page: the keyboard starts at the new content, and its title is read out. */
export function RouteAnnouncer() {
  const router = useRouter();
  const [moved, setMoved] = useState(false);
  const current = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => title,
  );
  useEffect(
    () =>
      router.subscribe("onRendered", ({ fromLocation, pathChanged }) => {
        if (!fromLocation || !pathChanged) return;
        setMoved(true);
        document.getElementById(MAIN_ID)?.focus({ preventScroll: true });
      }),
    [router],
  );
  return (
    <div aria-live="polite" className="visually-hidden">
      {moved ? current : ""}
    </div>
  );
}
