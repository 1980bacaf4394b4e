import { ActionIcon, Button, Group, Menu, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useRef, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import type { TrackChange, TrackView } from "@/api/gen";
import { useConfirm } from "@/ui/Confirm";
import { Dialog } from "@/ui/Dialog";
import { FormError } from "@/ui/FormError";
import { IconDotsVertical, IconPencil } from "@/ui/icons";
import { deleteCaption } from "../queries";
import classes from "./CaptionsField.module.css";
import { languageName } from "./languages";
import { changeCaptions, refreshCaptions, replaceCaptions } from "./queries";
import { useCaptionsError } from "./useCaptionsError";

interface RenameProps {
  track: TrackView;
  error: string | null;
  isSaving: boolean;
  onRename: (change: TrackChange) => void;
  onClose: () => void;
}

function Rename({ track, error, isSaving, onRename, onClose }: RenameProps) {
  const t = useTranslations("captions");
  const common = useTranslations("common");
  const [label, setLabel] = useState(track.label);
  const [language, setLanguage] = useState(track.language);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // The dialog stands inside another form.
    event.stopPropagation();
    onRename({ label: label.trim(), language: language.trim() });
  };
  return (
    <Dialog title={t("list.rename")} onClose={onClose}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            label={t("list.name")}
            maxLength={100}
            data-autofocus
            value={label}
            onChange={({ currentTarget }) => setLabel(currentTarget.value)}
          />
          <TextInput
            label={t("language")}
            description={t("languageHint")}
            maxLength={35}
            value={language}
            onChange={({ currentTarget }) => setLanguage(currentTarget.value)}
          />
          <FormError text={error} />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {common("cancel")}
            </Button>
            <Button type="submit" loading={isSaving} disabled={!language.trim()}>
              {common("save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

interface TrackRowProps {
  videoId: string;
  track: TrackView;
  canEdit: boolean;
}

/** One track and all that can be done with it. */
export function TrackRow({ videoId, track, canEdit }: TrackRowProps) {
  const t = useTranslations("captions.list");
  const words = useTranslations("library.captions");
  const locale = useLocale();
  const text = useCaptionsError();
  const confirm = useConfirm();
  const queries = useQueryClient();
  const file = useRef<HTMLInputElement>(null);
  const [isRenaming, setRenaming] = useState(false);
  const label = track.label || languageName(track.language, locale);
  const act = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSuccess: async () => {
      setRenaming(false);
      await refreshCaptions(queries, videoId);
    },
  });
  const change = (values: TrackChange) =>
    act.mutate(() => changeCaptions(videoId, track.id, values));
  const remove = async () => {
    const question = { title: t("deleteTitle"), text: t("deleteText", { label }) };
    if (await confirm({ ...question, action: t("deleteAction") })) {
      act.mutate(() => deleteCaption(videoId, track.id));
    }
  };
  const error = act.error && text(act.error);
  return (
    <li>
      <div className={classes.track}>
        <span>
          {label}
          <small>
            {words(`kinds.${track.kind}`)}
            {track.is_default && ` · ${words("isDefault")}`}
          </small>
        </span>
        {canEdit && (
          <ActionIcon
            aria-label={t("edit", { label })}
            renderRoot={(props) => (
              <Link
                {...props}
                to="/watch/$videoId/captions/$trackId"
                params={{ videoId, trackId: track.id }}
              />
            )}
          >
            <IconPencil size={18} stroke={1.7} />
          </ActionIcon>
        )}
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={t("more", { label })} loading={act.isPending}>
              <IconDotsVertical size={18} stroke={1.7} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setRenaming(true)}>{t("rename")}</Menu.Item>
            <Menu.Item onClick={() => file.current?.click()}>{t("replace")}</Menu.Item>
            <Menu.Item onClick={() => change({ is_default: !track.is_default })}>
              {t(track.is_default ? "noDefault" : "makeDefault")}
            </Menu.Item>
            <Menu.Item component="a" href={track.url} download={`${label}.vtt`}>
              {t("download")}
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item color="red" onClick={() => void remove()}>
              {t("delete")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      {!isRenaming && <FormError text={error} />}
      <input
        ref={file}
        type="file"
        hidden
        accept=".vtt,.srt,text/vtt"
        aria-label={t("replace")}
        onChange={({ currentTarget }) => {
          const [chosen] = currentTarget.files ?? [];
          if (chosen) act.mutate(() => replaceCaptions(videoId, track.id, chosen));
          currentTarget.value = "";
        }}
      />
      {isRenaming && (
        <Rename
          track={track}
          error={error}
          isSaving={act.isPending}
          onRename={change}
          onClose={() => {
            act.reset();
            setRenaming(false);
          }}
        />
      )}
    </li>
  );
}
