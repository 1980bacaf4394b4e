import { ActionIcon } from "@mantine/core";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { beginRecording } from "@/player/oneVoice";
import { formatClock } from "@/ui/format";
import { IconPlayerStopFilled, IconSend2, IconTrash, IconX } from "@/ui/icons";
import { LONGEST_SECONDS, type Recorded, Recorder, type Trouble, troubleOf } from "./recorder";
import classes from "./Voice.module.css";
import { VoicePlayer } from "./VoicePlayer";

/** Shorter than this was a slip of the finger. */
const SHORTEST_SECONDS = 0.6;
const SHOWN_LEVELS = 60;

type State =
  | { kind: "asking" }
  | { kind: "recording"; levels: readonly number[]; seconds: number }
  | { kind: "recorded"; recorded: Recorded }
  | { kind: "trouble"; trouble: Trouble | "tooShort" };

interface VoicePanelProps {
  /** The finger that held the button has let go of it. */
  isReleased: boolean;
  onSend: (recorded: Recorded) => void;
  onClose: () => void;
}

/** Records a voice message, plays it, and sends it or throws it away. */
export default function VoicePanel({ isReleased, onSend, onClose }: VoicePanelProps) {
  const t = useTranslations("attachments");
  const { state, stop } = useRecording();
  const stopNow = useRef(stop);
  stopNow.current = stop;
  useEffect(() => {
    if (isReleased) stopNow.current();
  }, [isReleased]);
  useEffect(() => {
    const onEscape = (event: KeyboardEvent) => event.key === "Escape" && onClose();
    window.addEventListener("keydown", onEscape);
    return () => window.removeEventListener("keydown", onEscape);
  }, [onClose]);
  if (state.kind === "trouble") {
    return (
      <div className={classes.panel}>
        <Leave label={t("cancel")} onClick={onClose} />
        <p className={classes.trouble} role="alert">
          {t(state.trouble)}
        </p>
      </div>
    );
  }
  if (state.kind === "recorded") {
    return <Review recorded={state.recorded} onSend={onSend} onClose={onClose} />;
  }
  const isRecording = state.kind === "recording";
  return (
    <div className={classes.panel}>
      <Leave label={t("cancel")} onClick={onClose} />
      <div className={classes.live}>
        {isRecording ? (
          <>
            <span className={classes.dot} />
            <span className={classes.clock} role="timer" aria-label={t("recording")}>
              {formatClock(state.seconds)} / {formatClock(LONGEST_SECONDS)}
            </span>
            <div className={classes.levels} aria-hidden="true">
              {state.levels.slice(-SHOWN_LEVELS).map((level, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the bars have no other name.
                <span key={at} style={{ height: `${Math.max(8, level * 100)}%` }} />
              ))}
            </div>
          </>
        ) : (
          <p className={classes.trouble} role="status">
            {t("asking")}
          </p>
        )}
      </div>
      {isRecording && (
        <ActionIcon
          size={42}
          radius="xl"
          variant="filled"
          color="red"
          data-autofocus
          aria-label={t("stop")}
          onClick={stop}
        >
          <IconPlayerStopFilled size={20} />
        </ActionIcon>
      )}
    </div>
  );
}

function Leave({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <ActionIcon size={42} radius="xl" aria-label={label} onClick={onClick}>
      <IconX size={20} />
    </ActionIcon>
  );
}

interface ReviewProps {
  recorded: Recorded;
  onSend: (recorded: Recorded) => void;
  onClose: () => void;
}

function Review({ recorded, onSend, onClose }: ReviewProps) {
  const t = useTranslations("attachments");
  const url = useMemo(() => URL.createObjectURL(recorded.file), [recorded]);
  const send = useRef<HTMLButtonElement>(null);
  useEffect(() => send.current?.focus(), []);
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  return (
    <fieldset className={classes.panel} aria-label={t("review")}>
      <ActionIcon size={42} radius="xl" aria-label={t("discard")} onClick={onClose}>
        <IconTrash size={20} />
      </ActionIcon>
      <VoicePlayer
        id="recorded"
        url={url}
        duration={recorded.seconds}
        waveform={recorded.waveform}
      />
      <ActionIcon
        ref={send}
        size={42}
        radius="xl"
        variant="filled"
        color="ink"
        aria-label={t("sendVoice")}
        onClick={() => onSend(recorded)}
      >
        <IconSend2 size={20} />
      </ActionIcon>
    </fieldset>
  );
}

/** Begins to record at once, and ends by itself after a minute. */
function useRecording() {
  const [state, setState] = useState<State>({ kind: "asking" });
  const recorder = useRef<Recorder | null>(null);
  const stop = () => {
    const running = recorder.current;
    recorder.current = null;
    running?.stop().then(
      (recorded) =>
        setState(
          recorded.seconds < SHORTEST_SECONDS
            ? { kind: "trouble", trouble: "tooShort" }
            : { kind: "recorded", recorded },
        ),
      () => setState({ kind: "trouble", trouble: "troubleBroken" }),
    );
  };
  const stopNow = useRef(stop);
  stopNow.current = stop;
  const isOn = state.kind === "asking" || state.kind === "recording";
  // What plays would be recorded too.
  useEffect(() => (isOn ? beginRecording() : undefined), [isOn]);
  useEffect(() => {
    let isGone = false;
    if (!window.isSecureContext || !navigator.mediaDevices) {
      setState({ kind: "trouble", trouble: "troubleInsecure" });
      return;
    }
    Recorder.begin((levels, seconds) => {
      setState({ kind: "recording", levels: [...levels], seconds });
      if (seconds >= LONGEST_SECONDS) stopNow.current();
    }).then(
      (begun) => {
        if (isGone) begun.close();
        else recorder.current = begun;
      },
      (error: unknown) => setState({ kind: "trouble", trouble: troubleOf(error) }),
    );
    return () => {
      isGone = true;
      recorder.current?.close();
    };
  }, []);
  return { state, stop };
}
