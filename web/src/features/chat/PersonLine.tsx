import type { ReactNode } from "react";
import type { PersonLook } from "@/api/types";
import { Avatar } from "@/ui/Avatar";
import classes from "./People.module.css";

interface PersonLineProps {
  person: PersonLook;
  /** What stands at the end. */
  children?: ReactNode;
}

/** A person with both names. */
export function PersonLine({ person, children }: PersonLineProps) {
  return (
    <div className={classes.person}>
      <Avatar person={person} size={36} />
      <span className={classes.names}>
        <bdi>{person.display_name}</bdi>
        <span>@{person.username}</span>
      </span>
      {children}
    </div>
  );
}
