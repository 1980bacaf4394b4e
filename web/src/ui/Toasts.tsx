import { useSyncExternalStore } from "react";
import { useTranslations } from "use-intl";
import { IconX } from "./icons";
import classes from "./Toasts.module.css";
import { toastStore } from "./toasts";

/** The place of all toasts; the live region stands before the first one comes. */
export function Toasts() {
  const t = useTranslations("common");
  const toasts = useSyncExternalStore(toastStore.subscribe, toastStore.snapshot);
  return (
    <section className={classes.list} aria-live="polite" aria-label={t("messages")}>
      {toasts.map(({ key, text, isBad, action }) => (
        <div key={key} className={classes.toast} data-bad={isBad || undefined}>
          <span>{text}</span>
          {action && (
            <a
              className={classes.action}
              href={action.href}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                event.preventDefault();
                toastStore.close(key);
                action.go();
              }}
            >
              {action.label}
            </a>
          )}
          <button
            type="button"
            className={classes.close}
            aria-label={t("close")}
            onClick={() => toastStore.close(key)}
          >
            <IconX size={18} />
          </button>
        </div>
      ))}
    </section>
  );
}
