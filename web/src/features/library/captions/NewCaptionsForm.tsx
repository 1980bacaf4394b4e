import { Button, FileButton, Group, Select, Switch, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import type { CaptionKind } from "@/api/types";
import { FormError } from "@/ui/FormError";
import { IconSubtitles } from "@/ui/icons";
import { addCaption } from "../queries";
import classes from "./CaptionsField.module.css";
import { languageName } from "./languages";
import { refreshCaptions } from "./queries";
import { useCaptionsError } from "./useCaptionsError";

const KINDS: CaptionKind[] = ["subtitles", "captions", "chapters"];

/** Adds a WebVTT or SRT file. */
export function NewCaptionsForm({ videoId }: { videoId: string }) {
  const t = useTranslations("library.captions");
  const locale = useLocale();
  const text = useCaptionsError();
  const queries = useQueryClient();
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
    onSuccess: () => refreshCaptions(queries, videoId),
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
