import { ActionIcon } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useCallback, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { ConversationDetail, Me } from "@/api/types";
import { useTellTyping } from "@/realtime/live";
import { draftPlace, useDraft } from "@/ui/draft";
import { useErrorText } from "@/ui/errors";
import { FormError } from "@/ui/FormError";
import { IconPencil, IconX } from "@/ui/icons";
import type { Aim } from "./aim";
import classes from "./Composer.module.css";
import { MessageField } from "./MessageField";
import { AttachmentTray } from "./media/AttachmentTray";
import { asReply } from "./media/counts";
import { MicButton } from "./media/MicButton";
import { useTray } from "./media/useTray";
import { say } from "./outbox";
import { Quote } from "./Quote";
import { editMessage, takeUp } from "./queries";

const VoicePanel = lazy(() => import("./media/VoicePanel"));

const TELL_EVERY_MS = 3000;

interface ComposerProps {
  detail: ConversationDetail;
  me: Me;
  aim: Aim | null;
  onAim: (aim: Aim | null) => void;
}

/** Where one writes. */
export function Composer({ detail, me, aim, onAim }: ComposerProps) {
  const stop = () => onAim(null);
  if (aim?.kind === "edit") {
    return <Edit key={aim.message.id} detail={detail} me={me} aim={aim} onDone={stop} />;
  }
  return <Write detail={detail} me={me} aim={aim} onDone={stop} />;
}

interface PartProps {
  detail: ConversationDetail;
  me: Me;
  onDone: () => void;
}

function Write({ detail, me, aim, onDone }: PartProps & { aim: Aim | null }) {
  const t = useTranslations("chat");
  const queries = useQueryClient();
  const { draft, keep, clear } = useDraft(draftPlace(me.id, "chat", detail.id), "");
  const tellTyping = useTellTyping(detail.id);
  const toldAt = useRef(0);
  const tray = useTray(detail, me);
  const [recording, setRecording] = useState<{ isReleased: boolean } | null>(null);
  const stopRecording = useCallback(() => setRecording(null), []);
  const write = (text: string) => {
    keep({ ...draft, text });
    const now = Date.now();
    if (!text.trim() || now - toldAt.current < TELL_EVERY_MS) return;
    toldAt.current = now;
    tellTyping();
  };
  const sayIt = (text: string, attached: string[]) => {
    const reply_to = aim && asReply(aim.message);
    void say(queries, { conversation_id: detail.id, author_id: me.id, text, reply_to, attached });
  };
  const send = () => {
    sayIt(draft.text.trim(), tray.take());
    clear();
    toldAt.current = 0;
    onDone();
  };
  if (recording) {
    return (
      <div className={classes.composer}>
        <Suspense>
          <VoicePanel
            isReleased={recording.isReleased}
            onClose={stopRecording}
            onSend={(recorded) => {
              sayIt("", tray.takeVoice(recorded));
              stopRecording();
              onDone();
            }}
          />
        </Suspense>
      </div>
    );
  }
  return (
    <MessageField
      // Another message to answer takes the keyboard again.
      key={aim?.message.id}
      detail={detail}
      me={me}
      label={t("write")}
      text={draft.text}
      onChange={write}
      onSend={send}
      onEscape={aim ? onDone : undefined}
      takesFocus={aim !== null}
      hasFiles={tray.items.length > 0}
      isBlocked={tray.hasFailed}
      onFiles={tray.add}
      mic={
        <MicButton
          onStart={() => setRecording({ isReleased: false })}
          onRelease={() => setRecording((now) => now && { isReleased: true })}
        />
      }
    >
      {aim && (
        <div className={classes.aim}>
          <Quote reply={asReply(aim.message)} />
          <ActionIcon aria-label={t("noReply")} onClick={onDone}>
            <IconX size={18} />
          </ActionIcon>
        </div>
      )}
      <AttachmentTray items={tray.items} mayUpload={me.can_upload} />
    </MessageField>
  );
}

function Edit({ detail, me, aim, onDone }: PartProps & { aim: Aim }) {
  const t = useTranslations("chat");
  const errorText = useErrorText();
  const queries = useQueryClient();
  const [text, setText] = useState(aim.message.text);
  const { mutate, isPending, error } = useMutation({
    mutationFn: (words: string) => editMessage(aim.message, words),
    onSuccess: (message) => {
      takeUp(queries, message);
      onDone();
    },
  });
  const save = () => {
    if (text.trim() === aim.message.text) onDone();
    else mutate(text.trim());
  };
  return (
    <MessageField
      detail={detail}
      me={me}
      label={t("change")}
      text={text}
      onChange={setText}
      onSend={save}
      onEscape={onDone}
      isBusy={isPending}
      takesFocus
    >
      <div className={classes.aim}>
        <span className={classes.editing}>
          <IconPencil size={17} stroke={1.8} /> {t("change")}
        </span>
        <ActionIcon aria-label={t("noChange")} onClick={onDone}>
          <IconX size={18} />
        </ActionIcon>
      </div>
      <FormError text={error && errorText(error)} />
    </MessageField>
  );
}
