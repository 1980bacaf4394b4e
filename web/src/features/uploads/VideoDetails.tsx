import { Switch, Text, Textarea, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { VideoChange } from "@/api/gen";
import type { Video } from "@/api/types";
import { CategorySelect } from "@/features/library/CategorySelect";
import { changeVideo, videoQuery } from "@/features/library/queries";
import { useErrorText } from "@/ui/errors";
import classes from "./UploadPage.module.css";

const SAVE_AFTER_MS = 700;

interface VideoDetailsProps {
  video: Video;
  onTitle: (title: string) => void;
}

/** Saves by itself a moment after the last keystroke. */
function useAutosave(video: Video) {
  const queries = useQueryClient();
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: (change: VideoChange) => changeVideo(video.id, change),
    onSuccess: (changed) => queries.setQueryData(videoQuery(video.id).queryKey, changed),
  });
  const saveSoon = useDebouncedCallback(mutate, { delay: SAVE_AFTER_MS, flushOnUnmount: true });
  return { saveNow: mutate, saveSoon, isPending, isSuccess, error };
}

/** Title, description, category and visibility, to fill in while the bytes go. */
export function VideoDetails({ video, onTitle }: VideoDetailsProps) {
  const t = useTranslations("uploads");
  const text = useErrorText();
  const { saveNow, saveSoon, isPending, isSuccess, error } = useAutosave(video);
  const [words, setWords] = useState({ title: video.title, description: video.description });
  const write = (change: Partial<typeof words>) => {
    const next = { ...words, ...change };
    setWords(next);
    if (next.title.trim()) saveSoon({ title: next.title.trim(), description: next.description });
  };
  return (
    <>
      <div className={classes.fields}>
        <TextInput
          className={classes.wide}
          label={t("videoTitle")}
          value={words.title}
          maxLength={200}
          error={!words.title.trim() && t("titleNeeded")}
          onChange={({ currentTarget: { value } }) => {
            write({ title: value });
            onTitle(value);
          }}
        />
        <Textarea
          className={classes.wide}
          label={t("description")}
          value={words.description}
          maxLength={5000}
          autosize
          minRows={2}
          maxRows={8}
          onChange={({ currentTarget: { value } }) => write({ description: value })}
        />
        <CategorySelect
          value={video.category?.id ?? null}
          onChange={(id) => saveNow({ category_id: id })}
        />
      </div>
      <div className={classes.foot}>
        <Switch
          label={t("published")}
          description={t("publishedHint")}
          checked={video.published}
          onChange={({ currentTarget: { checked } }) => saveNow({ published: checked })}
        />
        <Text size="xs" c={error ? "red" : "dimmed"} role="status">
          {error
            ? text(error)
            : isPending
              ? t("saving")
              : isSuccess
                ? t("saved")
                : t("savesItself")}
        </Text>
      </div>
    </>
  );
}
