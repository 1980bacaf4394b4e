import {
  ActionIcon,
  Button,
  FileButton,
  Group,
  Select,
  Stack,
  Switch,
  Text,
  TextInput,
} from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import type { CaptionKind } from "@/api/types";
import { playbackQuery } from "@/features/engagement/queries";
import { useErrorText } from "@/ui/errors";
import { FormError } from "@/ui/FormError";
import { IconSubtitles, IconTrash } from "@/ui/icons";
import classes from "./Captions.module.css";
import { addCaption, captionsQuery, deleteCaption } from "./queries";

const KINDS: CaptionKind[] = ["subtitles", "captions", "chapters"];

/** `es` → `Spanish`; what is no language code stays as it is. */
function languageName(code: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

function useRefresh(videoId: string) {
  const queries = useQueryClient();
  return async () => {
    await queries.invalidateQueries({ queryKey: captionsQuery(videoId).queryKey });
    await queries.invalidateQueries({ queryKey: playbackQuery(videoId).queryKey });
  };
}

function NewCaptionForm({ videoId }: { videoId: string }) {
  const t = useTranslations("library.captions");
  const locale = useLocale();
  const text = useErrorText();
  const refresh = useRefresh(videoId);
  const [language, setLanguage] = useState<string>(locale);
  const [kind, setKind] = useState<CaptionKind>("subtitles");
  const [isDefault, setDefault] = useState(false);
  const add = useMutation({
    mutationFn: (file: File) =>
      addCaption(videoId, {
        file,
        kind,
        language: language.trim(),
        label: languageName(language.trim(), language.trim()),
        is_default: isDefault,
      }),
    onSuccess: refresh,
  });
  return (
    <>
      <div className={classes.form}>
        <TextInput
          label={t("language")}
          description={t("languageHint")}
          value={language}
          maxLength={35}
          onChange={({ currentTarget }) => setLanguage(currentTarget.value)}
        />
        <Select
          label={t("kind")}
          description={t("kindHint")}
          value={kind}
          allowDeselect={false}
          data={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          onChange={(value) => setKind((value as CaptionKind | null) ?? "subtitles")}
        />
      </div>
      <Group justify="space-between">
        <Switch
          label={t("default")}
          checked={isDefault}
          onChange={({ currentTarget }) => setDefault(currentTarget.checked)}
        />
        <FileButton accept=".vtt,.srt,text/vtt" onChange={(file) => file && add.mutate(file)}>
          {(props) => (
            <Button
              {...props}
              variant="default"
              leftSection={<IconSubtitles size={18} />}
              disabled={!language.trim()}
              loading={add.isPending}
            >
              {t("add")}
            </Button>
          )}
        </FileButton>
      </Group>
      <FormError text={add.error && text(add.error)} />
    </>
  );
}

interface CaptionsEditorProps {
  videoId: string;
}

export function CaptionsEditor({ videoId }: CaptionsEditorProps) {
  const t = useTranslations("library.captions");
  const locale = useLocale();
  const text = useErrorText();
  const refresh = useRefresh(videoId);
  const { data: captions } = useQuery(captionsQuery(videoId));
  const remove = useMutation({
    mutationFn: (id: string) => deleteCaption(videoId, id),
    onSuccess: refresh,
  });
  return (
    <fieldset className={classes.box}>
      <legend>{t("title")}</legend>
      <Stack gap="sm">
        {captions?.items.length === 0 && (
          <Text size="sm" c="dimmed">
            {t("none")}
          </Text>
        )}
        {captions && captions.items.length > 0 && (
          <ul className={classes.list}>
            {captions.items.map(({ id, language, kind, label, is_default }) => (
              <li key={id}>
                <span>
                  {label || languageName(language, locale)}
                  <small>
                    {t(`kinds.${kind}`)}
                    {is_default && ` · ${t("isDefault")}`}
                  </small>
                </span>
                <ActionIcon
                  aria-label={t("removeOf", { label: label || language })}
                  loading={remove.isPending && remove.variables === id}
                  onClick={() => remove.mutate(id)}
                >
                  <IconTrash size={18} stroke={1.7} />
                </ActionIcon>
              </li>
            ))}
          </ul>
        )}
        <FormError text={remove.error && text(remove.error)} />
        <NewCaptionForm videoId={videoId} />
      </Stack>
    </fieldset>
  );
}
