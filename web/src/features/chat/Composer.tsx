import { ActionIcon } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import {
  type ClipboardEvent,
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useRef,
  useState,
} from "react";
import { useTranslations } from "use-intl";
import type { ConversationDetail, Me } from "@/api/types";
import { useTellTyping } from "@/realtime/live";
import { draftPlace, useDraft } from "@/ui/draft";
import { useErrorText } from "@/ui/errors";
import { FormError } from "@/ui/FormError";
import { IconPencil, IconSend2, IconX } from "@/ui/icons";
import { MentionField } from "@/ui/MentionField";
import type { Aim } from "./aim";
import classes from "./Composer.module.css";
import { AttachButton } from "./media/AttachButton";
import { AttachmentTray } from "./media/AttachmentTray";
import { asReply } from "./media/counts";
import { MicButton } from "./media/MicButton";
import { useTray } from "./media/useTray";
import { say } from "./outbox";
import { Quote } from "./Quote";
import { editMessage, takeUp } from "./queries";

const VoicePanel = lazy(() => import("./media/VoicePanel"));

const MOST_CHARACTERS = 5000;
/** From here on it says how much room is left. */
const COUNTED_FROM = 4500;
const TELL_EVERY_MS = 3000;
const MOST_SUGGESTED = 8;

/** As the server counts: an emoji is one, not two. */
const lengthOf = (text: string): number => [...text.trim()].length;

/** Fingers have no Shift key at hand: their Enter begins a line. */
const hasKeyboard = (): boolean => matchMedia("(pointer: fine)").matches;

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
    <Field
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
    </Field>
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
    <Field
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
    </Field>
  );
}

interface FieldProps {
  detail: ConversationDetail;
  me: Me;
  label: string;
  text: string;
  onChange: (text: string) => void;
  onSend: () => void;
  onEscape: (() => void) | undefined;
  takesFocus: boolean;
  isBusy?: boolean;
  /** Something goes along without any words. */
  hasFiles?: boolean;
  /** What goes along cannot be sent as it is. */
  isBlocked?: boolean;
  /** Takes what is chosen or pasted; without it, only words are written here. */
  onFiles?: (files: File[]) => void;
  /** Stands where one sends while there is nothing to send. */
  mic?: React.ReactNode;
  /** What it is about, above the field. */
  children: React.ReactNode;
}

function Field(props: FieldProps) {
  const { detail, me, label, text, onSend, takesFocus, isBusy = false } = props;
  const t = useTranslations("chat");
  const comments = useTranslations("comments");
  const [isOpened, setOpened] = useState(false);
  // A page that has just been opened first takes the focus itself.
  useEffect(() => {
    const timer = setTimeout(() => setOpened(hasKeyboard()), 0);
    return () => clearTimeout(timer);
  }, []);
  const { participants } = detail;
  const usePeople = useCallback(
    (query: string) => {
      if (query === "") return undefined;
      const wanted = query.toLocaleLowerCase();
      return participants
        .map(({ person }) => person)
        .filter(
          ({ id, username, display_name }) =>
            id !== me.id &&
            [username, ...display_name.toLocaleLowerCase().split(/\s+/)].some((name) =>
              name.startsWith(wanted),
            ),
        )
        .slice(0, MOST_SUGGESTED);
    },
    [participants, me.id],
  );
  const room = MOST_CHARACTERS - lengthOf(text);
  const isCounted = room <= MOST_CHARACTERS - COUNTED_FROM;
  const { hasFiles = false, isBlocked = false, onFiles } = props;
  const isEmpty = text.trim() === "" && !hasFiles;
  const canSend = !isEmpty && !isBlocked && room >= 0 && !isBusy;
  const send = () => canSend && onSend();
  const onPaste = (event: ClipboardEvent) => {
    const files = [...event.clipboardData.files];
    // Some programs put a picture of the words beside the words.
    if (!onFiles || files.length === 0 || event.clipboardData.types.includes("text/plain")) return;
    event.preventDefault();
    onFiles(files);
  };
  return (
    <form
      className={classes.composer}
      onPaste={onPaste}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {props.children}
      <div className={classes.line}>
        {onFiles && <AttachButton mayUpload={me.can_upload} onFiles={onFiles} />}
        <MentionField
          label={label}
          value={text}
          onChange={props.onChange}
          onSend={send}
          onEscape={props.onEscape}
          takesFocus={takesFocus || isOpened}
          describedBy={isCounted ? "chat-room" : undefined}
          isTooLong={room < 0}
          minRows={1}
          maxRows={7}
          sendsOnEnter={hasKeyboard()}
          usePeople={usePeople}
        />
        {isEmpty && props.mic ? (
          props.mic
        ) : (
          <ActionIcon
            type="submit"
            size={42}
            radius="xl"
            variant="filled"
            color="ink"
            aria-label={t("send")}
            aria-disabled={!canSend || undefined}
            data-disabled={!canSend || undefined}
            loading={isBusy}
          >
            <IconSend2 size={20} />
          </ActionIcon>
        )}
      </div>
      {isCounted && (
        <span id="chat-room" className={classes.room} data-over={room < 0 || undefined}>
          {room < 0 ? comments("over", { count: -room }) : comments("left", { count: room })}
        </span>
      )}
    </form>
  );
}
