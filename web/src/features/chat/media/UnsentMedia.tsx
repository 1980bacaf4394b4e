import { useTranslations } from "use-intl";
import type { Unsent } from "../outbox";
import { Preview, Share } from "./AttachmentTray";
import type { Attachment } from "./attachments";
import { useWordsOf } from "./counts";
import classes from "./Tray.module.css";

interface UnsentMediaProps {
  unsent: Unsent;
  /** What it takes along, as far as this page has it. */
  items: readonly Attachment[];
}

/** What a message on its way takes along, with how far it is. */
export function UnsentMedia({ unsent, items }: UnsentMediaProps) {
  const t = useTranslations("attachments");
  const { media } = unsent;
  const pictures = items.filter(({ kind }) => kind !== "voice");
  if (items.length === 0) return media ? <p>{t("photos", { count: media.length })}</p> : null;
  if (pictures.length === 0) return <Voice items={items} />;
  return (
    <div className={classes.waiting} data-count={pictures.length}>
      {pictures.map((one) => (
        <div key={one.key} className={classes.coming}>
          <Preview attachment={one} />
          <Share attachment={one} />
        </div>
      ))}
    </div>
  );
}

function Voice({ items }: { items: readonly Attachment[] }) {
  const wordsOf = useWordsOf();
  const voice_seconds = items[0]?.seconds ?? 0;
  const counts = { images: 0, videos: 0, voice_seconds };
  return <p>{wordsOf({ type: "voice", text: "", media: counts, is_unsent: false })}</p>;
}
