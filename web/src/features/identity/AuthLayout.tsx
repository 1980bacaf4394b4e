import { Outlet } from "@tanstack/react-router";
import { LanguageMenu, ThemeMenu } from "@/shell/Preferences";
import { MAIN_ID } from "@/ui/page";
import classes from "./AuthCard.module.css";

export function AuthLayout() {
  return (
    <div className={classes.page}>
      <header className={classes.top}>
        <LanguageMenu />
        <ThemeMenu />
      </header>
      <main id={MAIN_ID} tabIndex={-1} style={{ display: "grid" }}>
        <Outlet />
      </main>
    </div>
  );
}
