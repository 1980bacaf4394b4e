import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./Section.module.css";

interface SectionProps {
  title: string;
  hint?: ReactNode;
  action?: ReactNode;
  children: ReactNode;
}

/** One subject of a settings page. */
export function Section({ title, hint, action, children }: SectionProps) {
  return (
    <section className={classes.section}>
      <header>
        <div>
          <Title order={2} size="h3">
            {title}
          </Title>
          {hint && <p>{hint}</p>}
        </div>
        {action}
      </header>
      {children}
    </section>
  );
}
