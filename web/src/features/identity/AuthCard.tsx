import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Logo } from "@/ui/Logo";
import { usePageTitle } from "@/ui/page";
import classes from "./AuthCard.module.css";

interface AuthCardProps {
  title: string;
  intro?: ReactNode;
  foot?: ReactNode;
  children?: ReactNode;
}

/** The one calm card that all pages before signing in share. */
export function AuthCard({ title, intro, foot, children }: AuthCardProps) {
  usePageTitle(title);
  return (
    <div className={classes.card}>
      <div className={classes.brand}>
        <Logo size={48} />
        <Title order={1} size="h2">
          {title}
        </Title>
        {intro && <p>{intro}</p>}
      </div>
      {children}
      {foot && <div className={classes.foot}>{foot}</div>}
    </div>
  );
}
