import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { Media } from "@/api/types";
import { IconChevronLeft, IconChevronRight, IconDownload, IconX } from "@/ui/icons";
import { ChatVideo } from "./ChatVideo";
import classes from "./MediaViewer.module.css";

interface MediaViewerProps {
  media: readonly Media[];
  first: number;
  label: (at: number) => string;
  onClose: () => void;
}

/** Pictures and videos of a message at full size, one after the other. */
export default function MediaViewer({ media, first, label, onClose }: MediaViewerProps) {
  const t = useTranslations("attachments");
  const common = useTranslations("common");
  const dialog = useRef<HTMLDialogElement>(null);
  const [at, setAt] = useState(first);
  useEffect(() => {
    const element = dialog.current;
    const opener = document.activeElement;
    element?.showModal();
    return () => {
      // Also when the message is unsent while one looks at it.
      element?.close();
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  const shown = media[at];
  if (!shown) return null;
  const go = (step: number) => setAt((now) => (now + step + media.length) % media.length);
  const onKeyDown = (event: KeyboardEvent) => {
    // In a video the arrows lead through it.
    if (event.target instanceof HTMLVideoElement || media.length === 1) return;
    if (event.key === "ArrowRight") go(1);
    else if (event.key === "ArrowLeft") go(-1);
    else return;
    event.preventDefault();
  };
  return (
    <dialog
      ref={dialog}
      className={classes.viewer}
      aria-label={label(at)}
      onKeyDown={onKeyDown}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className={classes.bar}>
        <span aria-live="polite">{label(at)}</span>
        {shown.url && (
          <a href={shown.url} download aria-label={t("download")}>
            <IconDownload size={22} />
          </a>
        )}
        <button type="button" aria-label={common("close")} onClick={onClose}>
          <IconX size={24} />
        </button>
      </header>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Escape and the button do the same. */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Escape and the button do the same. */}
      <div
        className={classes.stage}
        onClick={({ target, currentTarget }) => target === currentTarget && onClose()}
      >
        {shown.type === "video" ? (
          <div className={classes.video}>
            <ChatVideo key={shown.id} media={shown} label={label(at)} playsAtOnce />
          </div>
        ) : (
          shown.url && <img key={shown.id} src={shown.url} alt={label(at)} />
        )}
      </div>
      {media.length > 1 && (
        <>
          <button
            type="button"
            className={classes.previous}
            aria-label={t("previous")}
            onClick={() => go(-1)}
          >
            <IconChevronLeft size={30} />
          </button>
          <button
            type="button"
            className={classes.next}
            aria-label={t("next")}
            onClick={() => go(1)}
          >
            <IconChevronRight size={30} />
          </button>
        </>
      )}
    </dialog>
  );
}
