import { ActionIcon } from "@mantine/core";
import { type ClipboardEvent, type ReactNode, useCallback, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import type { ConversationDetail, Me } from "@/api/types";
import { IconSend2 } from "@/ui/icons";
import { MentionField } from "@/ui/MentionField";
import classes from "./Composer.module.css";
import { AttachButton } from "./media/AttachButton";

const MOST_CHARACTERS = 5000;
/** From here on it says how much room is left. */
const COUNTED_FROM = 4500;
const MOST_SUGGESTED = 8;

/** As the server counts: an emoji is one, not two. */
const lengthOf = (text: string): number => [...text.trim()].length;

/** Fingers have no Shift key at hand: their Enter begins a line. */
const hasKeyboard = (): boolean => matchMedia("(pointer: fine)").matches;

interface MessageFieldProps {
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
  mic?: ReactNode;
  /** What it is about, above the field. */
  children: ReactNode;
}

/** The field for the words of a message, and what stands beside it. */
export function MessageField(props: MessageFieldProps) {
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
