import { Link, type LinkProps } from "@tanstack/react-router";
import classes from "./TabLinks.module.css";

interface TabLinksProps {
  label: string;
  items: { to: LinkProps["to"]; search?: LinkProps["search"]; label: string }[];
}

/** The parts of a page that has several, each with its own address. */
export function TabLinks({ label, items }: TabLinksProps) {
  const showActive = (link: HTMLAnchorElement | null) => {
    // Where not all fit, the one that is open must be seen.
    if (link?.dataset.status === "active") {
      link.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  };
  return (
    <nav className={classes.tabs} aria-label={label}>
      {items.map((item) => (
        <Link
          key={item.label}
          to={item.to}
          search={item.search ?? {}}
          ref={showActive}
          className={classes.tab}
          activeOptions={{ exact: true }}
        >
          {item.label}
        </Link>
      ))}
    </nav>
  );
}
