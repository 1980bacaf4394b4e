import { useTranslations } from "use-intl";
import type { ConversationDetail, Me } from "@/api/types";
import { useDropTaker } from "@/features/uploads/drops";
import { toastError } from "@/ui/toasts";
import { MOST_FILES } from "./attachments";
import { attachments, useAttachments } from "./bringing";
import { asAttachment } from "./checking";
import type { Recorded } from "./recorder";

/** What the message being written takes along: chosen, pasted or dropped, in this order. */
export function useTray(detail: ConversationDetail, me: Me) {
  const t = useTranslations("attachments");
  useAttachments();
  const place = { author_id: me.id, conversation_id: detail.id };
  const items = attachments.open(place);
  const add = (files: File[]) => {
    const room = MOST_FILES - attachments.open(place).length;
    const taken = files.slice(0, room).map((file) => asAttachment(file, me.can_upload));
    attachments.add(place, taken);
    if (files.length > room) toastError(t("tooMany", { count: MOST_FILES }));
  };
  useDropTaker({ hint: t("dropHere"), take: add });
  return {
    items,
    hasFailed: items.some(({ state }) => state === "failed"),
    add,
    /** The message goes out with them. */
    take: () => attachments.take(place),
    takeVoice: ({ file, seconds, waveform }: Recorded) =>
      attachments.add(place, [{ kind: "voice", file, seconds, waveform }], true),
  };
}
