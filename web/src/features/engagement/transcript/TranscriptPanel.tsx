import { NativeSelect, TextInput, UnstyledButton } from "@mantine/core";
import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { IconChevronDown, IconListDetails, IconSearch, IconTextCaption } from "@/ui/icons";
import type { Addresses } from "../usePlayback";
import { CueList } from "./CueList";
import { holds } from "./search";
import classes from "./Transcript.module.css";
import { type Track, useWords } from "./useWords";

const OPEN_KEY = "lumenhall-transcript";

function useOpen(isOpenAtFirst: boolean): [boolean, () => void] {
  const [isOpen, setOpen] = useState(() => {
    const kept = localStorage.getItem(OPEN_KEY);
    return kept ? kept === "open" : isOpenAtFirst;
  });
  const toggle = () => {
    localStorage.setItem(OPEN_KEY, isOpen ? "closed" : "open");
    setOpen(!isOpen);
  };
  return [isOpen, toggle];
}

function Transcript({ tracks }: { tracks: readonly Track[] }) {
  const t = useTranslations("transcript");
  const [chosen, setChosen] = useState<string>();
  const [looked, setLooked] = useState("");
  const track = tracks.find(({ id }) => id === chosen) ?? tracks[0];
  if (!track) return null;
  const finds = looked.trim() ? track.cues.filter(({ text }) => holds(text, looked)).length : null;
  return (
    <>
      <div className={classes.tools}>
        <TextInput
          type="search"
          size="sm"
          aria-label={t("search")}
          placeholder={t("search")}
          leftSection={<IconSearch size={16} />}
          value={looked}
          onChange={({ currentTarget }) => setLooked(currentTarget.value)}
        />
        {tracks.length > 1 && (
          <NativeSelect
            size="sm"
            aria-label={t("language")}
            value={track.id}
            data={tracks.map(({ id, label }) => ({ value: id, label }))}
            onChange={({ currentTarget }) => setChosen(currentTarget.value)}
          />
        )}
      </div>
      <p className="visually-hidden" role="status">
        {finds === null ? "" : t("finds", { count: finds })}
      </p>
      <CueList key={track.id} label={t("transcript")} cues={track.cues} looked={looked.trim()} />
    </>
  );
}

interface TranscriptPanelProps {
  /** What the player plays; until it is known, there is nothing. */
  playback: Addresses | undefined;
  /** Until the viewer has chosen. */
  isOpenAtFirst: boolean;
}

/** What is said in the video and its chapters, beside the player; nothing where there is neither. */
export function TranscriptPanel({ playback, isOpenAtFirst }: TranscriptPanelProps) {
  const t = useTranslations("transcript");
  const { transcripts, chapters } = useWords(playback);
  const [isOpen, toggle] = useOpen(isOpenAtFirst);
  const [wanted, setWanted] = useState<"chapters" | "transcript">();
  const id = useId();
  if (transcripts.length === 0 && !chapters) return null;
  const shown =
    wanted ?? (chapters && (transcripts.length === 0 || !isOpen) ? "chapters" : "transcript");
  const isBoth = chapters && transcripts.length > 0;
  return (
    <section className={classes.panel} aria-label={t("panel")}>
      <header className={classes.head}>
        {(["transcript", "chapters"] as const)
          .filter((one) => (one === "chapters" ? chapters : transcripts.length > 0))
          .map((one) => (
            <UnstyledButton
              key={one}
              className={classes.tab}
              aria-pressed={isBoth ? isOpen && shown === one : undefined}
              aria-expanded={isBoth ? undefined : isOpen}
              aria-controls={id}
              onClick={() => {
                if (!isOpen || shown === one) toggle();
                setWanted(one);
              }}
            >
              {one === "chapters" ? <IconListDetails size={18} /> : <IconTextCaption size={18} />}
              {t(one)}
              {!isBoth && <IconChevronDown size={18} data-open={isOpen || undefined} />}
            </UnstyledButton>
          ))}
      </header>
      <div id={id} hidden={!isOpen}>
        {isOpen && shown === "transcript" && <Transcript tracks={transcripts} />}
        {isOpen && shown === "chapters" && chapters && (
          <CueList label={t("chapters")} cues={chapters.cues} looked="" />
        )}
      </div>
    </section>
  );
}
