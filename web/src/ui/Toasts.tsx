import { useSyncExternalStore } from "react";
import { useTranslations } from "use-intl";
import { IconX } from "./icons";
import classes from "./Toasts.module.css";
import { type ToastAction, toastStore } from "./toasts";

function Action({ toastKey, action }: { toastKey: number; action: ToastAction }) {
  const go = () => {
    toastStore.close(toastKey);
    action.go();
  };
  if (!action.href) {
    return (
      <button type="button" className={classes.action} onClick={go}>
        {action.label}
      </button>
    );
  }
  return (
    <a
      className={classes.action}
      href={action.href}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        go();
      }}
    >
      {action.label}
    </a>
  );
}

/** The place of all toasts; the live region stands before the first one comes. */
export function Toasts() {
  const t = useTranslations("common");
  const toasts = useSyncExternalStore(toastStore.subscribe, toastStore.snapshot);
  return (
    <section className={classes.list} aria-live="polite" aria-label={t("messages")}>
      {toasts.map(({ key, text, isBad, action }) => (
        <div key={key} className={classes.toast} data-bad={isBad || undefined}>
          <span>{text}</span>
          {action && <Action toastKey={key} action={action} />}
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
