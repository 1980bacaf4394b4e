import { ActionIcon, Button, Textarea } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type FormEvent, type KeyboardEvent, useState } from "react";
import { useTranslations } from "use-intl";
import type { Me, Note } from "@/api/types";
import { playhead, usePlayhead } from "@/player/playhead";
import { useConfirm } from "@/ui/Confirm";
import { draftPlace, useDraft } from "@/ui/draft";
import { formatClock } from "@/ui/format";
import { IconClock, IconPencil, IconTrash, IconX } from "@/ui/icons";
import { ErrorMessage } from "@/ui/Message";
import classes from "./Notes.module.css";
import { inOrder, notesQuery } from "./notes";
import { useNoteChanges, type Written } from "./useNotes";

const MOST_CHARACTERS = 5000;

interface NoteFormProps {
  /** Where what is written is kept until it is saved; null for what stands somewhere anyway. */
  place: string | null;
  first?: Written;
  isBusy: boolean;
  /** Resolves once it is saved; what could not be saved stays in the form. */
  onSave: (written: Written) => Promise<unknown>;
  onCancel?: () => void;
}

function NoteForm({ place, first, isBusy, onSave, onCancel }: NoteFormProps) {
  const t = useTranslations("lesson.notes");
  const common = useTranslations("common");
  const { draft, keep, clear } = useDraft(place, first?.text ?? "");
  const [changed, setChanged] = useState(first?.moment_seconds ?? null);
  const moment = first ? changed : draft.moment;
  const setMoment = (next: number | null) =>
    first ? setChanged(next) : keep({ ...draft, moment: next });
  const now = usePlayhead((seconds) => (seconds === null ? null : Math.floor(seconds)));
  const text = draft.text.trim();
  const save = async (event?: FormEvent) => {
    event?.preventDefault();
    if (text === "" || isBusy) return;
    try {
      await onSave({ text, moment_seconds: moment });
    } catch {
      return;
    }
    if (place !== null) clear();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void save();
    if (event.key === "Escape" && onCancel) onCancel();
  };
  return (
    <form className={classes.form} onSubmit={save}>
      <Textarea
        autosize
        minRows={2}
        maxRows={12}
        maxLength={MOST_CHARACTERS}
        aria-label={first ? t("change") : t("write")}
        placeholder={t("placeholder")}
        value={draft.text}
        // Opened by a button, so writing begins at once.
        autoFocus={onCancel !== undefined}
        onChange={({ currentTarget }) => keep({ ...draft, text: currentTarget.value })}
        onKeyDown={onKeyDown}
      />
      <div className={classes.tools}>
        {moment !== null ? (
          <Button
            type="button"
            variant="light"
            color="glow"
            size="xs"
            radius="xl"
            leftSection={<IconClock size={15} />}
            rightSection={<IconX size={14} />}
            aria-label={t("removeMoment", { time: formatClock(moment) })}
            onClick={() => setMoment(null)}
          >
            {formatClock(moment)}
          </Button>
        ) : (
          now !== null && (
            <Button
              type="button"
              variant="default"
              size="xs"
              radius="xl"
              leftSection={<IconClock size={15} />}
              className="tabular"
              onClick={() => setMoment(now)}
            >
              {t("atMoment", { time: formatClock(now) })}
            </Button>
          )
        )}
        <span className={classes.room} />
        {onCancel && (
          <Button variant="subtle" color="gray" size="xs" radius="xl" onClick={onCancel}>
            {common("cancel")}
          </Button>
        )}
        <Button type="submit" size="xs" radius="xl" disabled={text === ""} loading={isBusy}>
          {first ? common("save") : t("add")}
        </Button>
      </div>
    </form>
  );
}

interface NoteItemProps {
  note: Note;
  changes: ReturnType<typeof useNoteChanges>;
}

function NoteItem({ note, changes }: NoteItemProps) {
  const t = useTranslations("lesson.notes");
  const confirm = useConfirm();
  const [isEditing, setEditing] = useState(false);
  const { moment_seconds: moment } = note;
  const remove = async () => {
    const question = { title: t("deleteTitle"), text: t("deleteText"), action: t("delete") };
    if (await confirm(question)) changes.remove.mutate(note);
  };
  if (isEditing) {
    return (
      <li className={classes.note}>
        <NoteForm
          place={null}
          first={note}
          isBusy={changes.change.isPending}
          onSave={async (written) => {
            await changes.change.mutateAsync({ note, written });
            setEditing(false);
          }}
          onCancel={() => setEditing(false)}
        />
      </li>
    );
  }
  return (
    <li className={classes.note}>
      {moment !== null && (
        <button
          type="button"
          className={`${classes.jump} tabular`}
          aria-label={t("jump", { time: formatClock(moment) })}
          onClick={() => playhead.seek(moment)}
        >
          {formatClock(moment)}
        </button>
      )}
      <p>{note.text}</p>
      <span className={classes.buttons}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          aria-label={t("change")}
          onClick={() => setEditing(true)}
        >
          <IconPencil size={17} />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          aria-label={t("delete")}
          onClick={() => void remove()}
        >
          <IconTrash size={17} />
        </ActionIcon>
      </span>
    </li>
  );
}

interface NotesProps {
  courseId: string;
  lessonId: string;
  me: Me;
}

/** What one writes down for oneself beside a lesson, in the order of its seconds. */
export function Notes({ courseId, lessonId, me }: NotesProps) {
  const t = useTranslations("lesson.notes");
  const common = useTranslations("common");
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    notesQuery(courseId, lessonId),
  );
  const changes = useNoteChanges(courseId, lessonId);
  const notes = inOrder(data?.pages.flatMap(({ items }) => items) ?? []);
  return (
    <section className={classes.notes} aria-label={t("title")}>
      <h2>{t("title")}</h2>
      <p className={classes.hint}>{t("onlyYou")}</p>
      <NoteForm
        place={draftPlace(me.id, `${courseId}/${lessonId}`)}
        isBusy={changes.add.isPending}
        onSave={(written) => changes.add.mutateAsync(written)}
      />
      {error && !data && <ErrorMessage error={error} onRetry={() => void refetch()} />}
      <ul>
        {notes.map((note) => (
          <NoteItem key={note.id} note={note} changes={changes} />
        ))}
      </ul>
      {hasNextPage && (
        <Button
          variant="default"
          size="xs"
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {common("showMore")}
        </Button>
      )}
    </section>
  );
}
