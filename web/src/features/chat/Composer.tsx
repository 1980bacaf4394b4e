import { ActionIcon } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
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
import { asReply } from "./media/counts";
import { say } from "./outbox";
import { Quote } from "./Quote";
import { editMessage, takeUp } from "./queries";

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
  const write = (text: string) => {
    keep({ ...draft, text });
    const now = Date.now();
    if (!text.trim() || now - toldAt.current < TELL_EVERY_MS) return;
    toldAt.current = now;
    tellTyping();
  };
  const send = () => {
    void say(queries, {
      conversation_id: detail.id,
      author_id: me.id,
      text: draft.text.trim(),
      reply_to: aim && asReply(aim.message),
    });
    clear();
    toldAt.current = 0;
    onDone();
  };
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
    >
      {aim && (
        <div className={classes.aim}>
          <Quote reply={asReply(aim.message)} />
          <ActionIcon aria-label={t("noReply")} onClick={onDone}>
            <IconX size={18} />
          </ActionIcon>
        </div>
      )}
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
  const canSend = text.trim() !== "" && room >= 0 && !isBusy;
  const send = () => canSend && onSend();
  return (
    <form
      className={classes.composer}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {props.children}
      <div className={classes.line}>
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
      </div>
      {isCounted && (
        <span id="chat-room" className={classes.room} data-over={room < 0 || undefined}>
          {room < 0 ? comments("over", { count: -room }) : comments("left", { count: room })}
        </span>
      )}
    </form>
  );
}
