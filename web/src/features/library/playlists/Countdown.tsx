import { Button } from "@mantine/core";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { useTranslations } from "use-intl";
import classes from "./Queue.module.css";

const COUNTDOWN_SECONDS = 5;

interface CountdownProps {
  title: string;
  picture?: ReactNode;
  onStart: () => void;
  onCancel: () => void;
}

/** Says what comes next and when, and lets one stop it: with the button, or with Escape. */
export function Countdown({ title, picture, onStart, onCancel }: CountdownProps) {
  const t = useTranslations("playlists");
  const [left, setLeft] = useState(COUNTDOWN_SECONDS);
  // In full screen nothing shows but what is inside of it.
  const [screen] = useState(document.fullscreenElement);
  const cancel = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (left === 0) return onStart();
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [left, onStart]);
  useEffect(() => {
    const { activeElement } = document;
    // Whoever is writing a comment goes on writing.
    const isElsewhere = activeElement?.matches("input, textarea, [contenteditable]");
    if (!isElsewhere) cancel.current?.focus({ preventScroll: true });
    const onKey = (event: KeyboardEvent) => event.key === "Escape" && onCancel();
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [onCancel]);
  const card = (
    <section className={classes.next} aria-label={t("nextUp")}>
      <div className={classes.card}>
        <p>{t("nextUp")}</p>
        {picture && <div className={classes.picture}>{picture}</div>}
        <h2 className="clamp-2">{title}</h2>
        <div className={classes.time} aria-hidden="true">
          <i style={{ animationDuration: `${COUNTDOWN_SECONDS}s` }} />
          <span className="tabular">{left}</span>
        </div>
        {/* Said once: every second of it would talk over everything. */}
        <div className="visually-hidden" role="status">
          {t("nextIn", { title, seconds: COUNTDOWN_SECONDS })}
        </div>
        <div className={classes.buttons}>
          <Button ref={cancel} variant="default" radius="xl" onClick={onCancel}>
            {t("cancel")}
          </Button>
          <Button radius="xl" onClick={onStart}>
            {t("playNow")}
          </Button>
        </div>
      </div>
    </section>
  );
  return screen ? createPortal(card, screen) : card;
}
