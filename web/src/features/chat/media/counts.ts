import { useLocale, useTranslations } from "use-intl";
import type { MediaCounts } from "@/api/gen";
import type { Media, Message } from "@/api/types";
import { formatClock } from "@/ui/format";

/** What is attached, in short, as the server counts it in lists. */
export function countsOf(media: readonly Media[]): MediaCounts | null {
  if (media.length === 0) return null;
  const number = (type: Media["type"]) => media.filter((one) => one.type === type).length;
  const voice = media.find(({ type }) => type === "voice");
  return {
    images: number("image"),
    videos: number("video"),
    voice_seconds: voice ? (voice.duration_seconds ?? 0) : null,
  };
}

/** A message as one that answers it shows it. */
export const asReply = (message: Message): NonNullable<Message["reply_to"]> => ({
  id: message.id,
  number: message.number,
  type: message.type,
  sender: message.sender,
  text: message.text,
  media: countsOf(message.media),
  is_unsent: message.is_unsent,
});

type Said = Pick<NonNullable<Message["reply_to"]>, "type" | "text" | "media" | "is_unsent">;

/** A message in one line: `Photo · Look at this`, `Voice message 0:12`, or its words. */
export function useWordsOf(): (said: Said) => string {
  const t = useTranslations("chat.preview");
  const m = useTranslations("attachments");
  const locale = useLocale();
  return ({ type, text, media, is_unsent }) => {
    if (is_unsent) return t("unsent");
    if (!media) return text || (type === "shared_video" ? t("video") : "");
    const { images, videos, voice_seconds } = media;
    const parts = [];
    if (voice_seconds !== null) parts.push(m("voiceOf", { time: formatClock(voice_seconds) }));
    if (images > 0) parts.push(m("photos", { count: images }));
    if (videos > 0) parts.push(m("videos", { count: videos }));
    const what = new Intl.ListFormat(locale, { type: "unit" }).format(parts);
    return text ? `${what} · ${text}` : what;
  };
}
