import { Button } from "@mantine/core";
import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { usePlayhead } from "@/player/playhead";
import { useDraft } from "@/ui/draft";
import { FormError } from "@/ui/FormError";
import { formatClock } from "@/ui/format";
import { IconClock, IconX } from "@/ui/icons";
import { MentionField } from "@/ui/MentionField";
import classes from "./Comments.module.css";

const MOST_CHARACTERS = 2000;
/** From here on it says how much room is left. */
const COUNTED_FROM = 1700;

/** As the server counts: an emoji is one, not two. */
const lengthOf = (text: string): number => [...text.trim()].length;

interface CommentFormProps {
  label: string;
  /** The word on the button that sends. */
  action: string;
  /** Where what is written is kept until it is sent; null for what stands somewhere else anyway. */
  draftPlace: string | null;
  first?: string;
  /** Opened by a button, so writing begins at once and can be called off. */
  isOpened?: boolean;
  withMoment?: boolean;
  isBusy?: boolean;
  error?: string | null;
  onSend: (text: string, moment: number | null) => void;
  onCancel?: () => void;
}

/** Where comments, replies and changes to them are written. */
export function CommentForm(props: CommentFormProps) {
  const { label, action, draftPlace, first = "", isOpened = false, onSend, onCancel } = props;
  const t = useTranslations("comments");
  const common = useTranslations("common");
  const roomId = useId();
  const { draft, keep, clear } = useDraft(draftPlace, first);
  const [isActive, setActive] = useState(isOpened || draft.text !== "");
  const room = MOST_CHARACTERS - lengthOf(draft.text);
  const isCounted = room <= MOST_CHARACTERS - COUNTED_FROM;
  const canSend = room >= 0 && draft.text.trim() !== "" && !props.isBusy;
  const cancel = () => {
    clear();
    setActive(false);
    onCancel?.();
  };
  const send = () => {
    if (!canSend) return;
    onSend(draft.text.trim(), draft.moment);
    // What is being changed stays until it is.
    if (draftPlace !== null) clear();
  };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <MentionField
        label={label}
        value={draft.text}
        onChange={(text) => keep({ ...draft, text })}
        onSend={send}
        // Whoever has written something calls it off by the button.
        onEscape={onCancel && (draft.text === first || draft.text === "") ? cancel : undefined}
        onFocus={() => setActive(true)}
        takesFocus={isOpened}
        describedBy={isCounted ? roomId : undefined}
        isTooLong={room < 0}
        minRows={isActive ? 2 : 1}
      />
      <FormError text={props.error ?? null} />
      {isActive && (
        <div className={classes.tools}>
          {props.withMoment && (
            <MomentChoice moment={draft.moment} onChange={(moment) => keep({ ...draft, moment })} />
          )}
          {isCounted && (
            <span id={roomId} className={classes.room} data-over={room < 0 || undefined}>
              {room < 0 ? t("over", { count: -room }) : t("left", { count: room })}
            </span>
          )}
          <div className={classes.buttons}>
            <Button variant="subtle" color="gray" radius="xl" size="sm" onClick={cancel}>
              {common("cancel")}
            </Button>
            <Button
              type="submit"
              radius="xl"
              size="sm"
              aria-disabled={!canSend || undefined}
              data-disabled={!canSend || undefined}
              loading={props.isBusy}
            >
              {action}
            </Button>
          </div>
        </div>
      )}
    </form>
  );
}

interface MomentChoiceProps {
  moment: number | null;
  onChange: (moment: number | null) => void;
}

/** Ties what is written to the second that is playing. */
function MomentChoice({ moment, onChange }: MomentChoiceProps) {
  const t = useTranslations("comments");
  const now = usePlayhead((seconds) => (seconds === null ? null : Math.floor(seconds)));
  if (moment !== null) {
    const time = formatClock(moment);
    return (
      <button
        type="button"
        className={classes.moment}
        aria-label={t("removeMoment", { time })}
        onClick={() => onChange(null)}
      >
        <IconClock size={16} stroke={1.8} />
        {t("atMoment", { time })}
        <IconX size={15} />
      </button>
    );
  }
  if (now === null) return null;
  const time = formatClock(now);
  return (
    <button
      type="button"
      className={classes.addMoment}
      aria-label={t("addMoment", { time })}
      onClick={() => onChange(now)}
    >
      <IconClock size={16} stroke={1.8} />
      <span className="tabular">{t("atMoment", { time })}</span>
    </button>
  );
}
