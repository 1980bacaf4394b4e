import { useRouter } from "@tanstack/react-router";
import type { MouseEvent, ReactNode } from "react";

interface PersonLinkProps {
  username: string;
  className?: string;
  children: ReactNode;
}

/** Leads to the page of a person. */
export function PersonLink({ username, className, children }: PersonLinkProps) {
  const router = useRouter();
  const href = `/people/${username}`;
  const go = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    router.history.push(href);
  };
  return (
    <a href={href} className={className} onClick={go}>
      {children}
    </a>
  );
}
