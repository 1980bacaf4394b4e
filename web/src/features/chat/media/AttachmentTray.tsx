import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { siteQuery } from "@/features/identity/queries";
import { Bar } from "@/ui/Bar";
import { useErrorText } from "@/ui/errors";
import { IconAlertTriangle, IconPlayerPlayFilled, IconRefresh, IconX } from "@/ui/icons";
import { useFormats } from "@/ui/useFormats";
import { type Attachment, MOST_FILES } from "./attachments";
import { attachments } from "./bringing";
import { LARGEST_PICTURE_BYTES } from "./checking";
import classes from "./Tray.module.css";

const ABOUT_THE_FILE = new Set([403, 413, 415, 422]);

/** The file as this page has it. */
export function Preview({ attachment }: { attachment: Attachment }) {
  const { kind, url } = attachment;
  if (kind === "image") return <img src={url} alt="" />;
  return (
    <>
      <video src={`${url}#t=0.1`} muted playsInline preload="metadata" tabIndex={-1} />
      <IconPlayerPlayFilled size={18} className={classes.sign} />
    </>
  );
}

/** How far a file is on its way. */
export function Share({ attachment }: { attachment: Attachment }) {
  const t = useTranslations("attachments");
  const { state, share, file } = attachment;
  if (state !== "sending" && state !== "waiting") return null;
  return (
    <Bar
      className={classes.bar}
      size={5}
      value={Math.round(share * 100)}
      label={t("progressOf", { name: file.name })}
    />
  );
}

interface AttachmentTrayProps {
  items: readonly Attachment[];
  /** Videos too. */
  mayUpload: boolean;
}

/** What the message being written will take along. */
export function AttachmentTray({ items, mayUpload }: AttachmentTrayProps) {
  const t = useTranslations("attachments");
  const text = useErrorText();
  const { bytes } = useFormats();
  const { data: site } = useQuery(siteQuery());
  if (items.length === 0) return null;
  const failed = items.filter(({ state }) => state === "failed");
  const reasons = [...new Set(failed.map(({ error }) => text(error)))];
  return (
    <div>
      <ul className={classes.tray} aria-label={t("tray")}>
        {items.map((one) => {
          const { key, file, state, error } = one;
          const mayTryAgain = state === "failed" && !ABOUT_THE_FILE.has(error?.status ?? 0);
          return (
            <li key={key} className={classes.item} data-failed={state === "failed" || undefined}>
              <Preview attachment={one} />
              <Share attachment={one} />
              {state === "failed" && !mayTryAgain && (
                <IconAlertTriangle size={22} className={classes.sign} />
              )}
              {mayTryAgain && (
                <button
                  type="button"
                  className={classes.again}
                  aria-label={t("again", { name: file.name })}
                  onClick={() => attachments.again([key])}
                >
                  <IconRefresh size={22} />
                </button>
              )}
              <button
                type="button"
                className={classes.remove}
                aria-label={t("remove", { name: file.name })}
                onClick={() => attachments.remove(key)}
              >
                <IconX size={15} />
              </button>
            </li>
          );
        })}
      </ul>
      {site && (
        <p className={classes.hint}>
          {t(mayUpload ? "limits" : "photoLimits", {
            count: MOST_FILES,
            picture: bytes(LARGEST_PICTURE_BYTES),
            video: bytes(site.max_file_size_bytes),
          })}
        </p>
      )}
      {reasons.length > 0 && (
        <p className={classes.reason} role="alert">
          {reasons.join(" ")}
        </p>
      )}
    </div>
  );
}
