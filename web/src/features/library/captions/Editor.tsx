import { Button, Text, TextInput } from "@mantine/core";
import { useBlocker, useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { CueList } from "@/api/gen";
import type { CaptionKind, Playback, Video } from "@/api/types";
import { indexAt } from "@/player/cues";
import { usePlayhead } from "@/player/playhead";
import { Chunked } from "@/ui/Chunked";
import { useConfirm } from "@/ui/Confirm";
import { FormError } from "@/ui/FormError";
import { CueRow } from "./CueRow";
import { fromServer, problemOf } from "./draft";
import classes from "./Editor.module.css";
import { Preview } from "./Preview";
import { StaleDialog } from "./StaleDialog";
import { Toolbar } from "./Toolbar";
import { useCaptionsError } from "./useCaptionsError";
import { useDraft } from "./useDraft";
import { useEditorKeys } from "./useEditorKeys";
import { useSaving } from "./useSaving";

const ROW_HEIGHT = 96;
const CHAPTER_HEIGHT = 62;

/** What is edited; without an id it is kept as a new track. */
export interface EditedTrack {
  id: string | null;
  kind: CaptionKind;
  language: string;
  label: string;
}

interface EditorProps {
  video: Video;
  playback: Playback;
  track: EditedTrack;
  kept: CueList | null;
}

/** Captions line by line beside the video, or chapters by their titles. */
export function Editor({ video, playback, track, kept }: EditorProps) {
  const t = useTranslations("captions");
  const text = useCaptionsError();
  const confirm = useConfirm();
  const navigate = useNavigate();
  const isChapters = track.kind === "chapters";
  const draft = useDraft(() => fromServer(kept?.items ?? []));
  const { cues, actions } = draft;
  const [language, setLanguage] = useState(track.language);
  const [wasAsked, setAsked] = useState(false);
  const isLeaving = useRef(false);
  const seconds = playback.duration_seconds ?? video.asset.duration_seconds ?? 0;

  const saving = useSaving({
    video,
    track: { ...track, language: language.trim() },
    revision: kept?.revision ?? null,
    draft,
    durationMs: seconds * 1000,
    onMade: (id) => {
      isLeaving.current = true;
      const to = "/watch/$videoId/captions/$trackId";
      void navigate({ to, params: { videoId: video.id, trackId: id }, replace: true });
    },
  });
  const { isDirty, isSaving, error, save } = saving;

  useBlocker({
    shouldBlockFn: async () =>
      isDirty &&
      !isLeaving.current &&
      !(await confirm({ title: t("leave"), text: t("leaveHint"), action: t("leaveAction") })),
    enableBeforeUnload: () => isDirty && !isLeaving.current,
  });

  const starts = cues.map(({ start }) => ({ start: start / 1000 }));
  const now = usePlayhead((at) => (at === null ? -1 : indexAt(starts, at)));

  const trySave = () => {
    setAsked(true);
    const wrong = cues.find((cue) => problemOf(isChapters ? { ...cue, end: cue.start + 1 } : cue));
    if (wrong) draft.focusOn(wrong.id, problemOf(wrong) === "text_missing" ? "text" : "end");
    else save();
  };

  const onKeyDown = useEditorKeys({ draft, isChapters, save: trySave });

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: shortcuts of what is inside it.
    <div className={classes.page} onKeyDown={onKeyDown}>
      <div className={classes.side}>
        <Preview video={video} playback={playback} cues={cues} isChapters={isChapters} />
        <Toolbar draft={draft} isChapters={isChapters} now={now}>
          <Button
            size="sm"
            px="sm"
            onClick={trySave}
            loading={isSaving}
            disabled={!isDirty || cues.length === 0}
          >
            {t("save")}
          </Button>
        </Toolbar>
      </div>
      <div className={classes.lines}>
        <header className={classes.head}>
          <h1>{isChapters ? t("chapters") : track.label || t("new")}</h1>
          <Text size="sm" c="dimmed" role="status">
            {isDirty ? t("unsaved") : t(track.id ? "saved" : "notYet")}
            {" · "}
            {t(isChapters ? "chapterCount" : "count", { count: cues.length })}
          </Text>
        </header>
        {!track.id && (
          <TextInput
            mb="md"
            label={t("language")}
            description={t("languageHint")}
            maxLength={35}
            value={language}
            onChange={({ currentTarget }) => setLanguage(currentTarget.value)}
          />
        )}
        <FormError text={error && text(error)} />
        {cues.length === 0 && (
          <div className={classes.empty}>
            <p>{t(isChapters ? "emptyChapters" : "empty")}</p>
          </div>
        )}
        <Chunked
          items={cues}
          rowHeight={isChapters ? CHAPTER_HEIGHT : ROW_HEIGHT}
          kept={draft.kept}
          className={classes.rows}
        >
          {(cue, at) => (
            <CueRow
              key={cue.id}
              cue={cue}
              number={at + 1}
              isNow={at === now}
              isLast={at === cues.length - 1}
              overlaps={!isChapters && at > 0 && (cues[at - 1]?.end ?? 0) > cue.start}
              isChapter={isChapters}
              showsProblem={wasAsked}
              actions={actions}
            />
          )}
        </Chunked>
      </div>
      {saving.isStale && (
        <StaleDialog
          onTakeTheirs={saving.takeTheirs}
          onKeepMine={saving.keepMine}
          onClose={saving.forgetStale}
        />
      )}
    </div>
  );
}
