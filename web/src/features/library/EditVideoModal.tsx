import { Button, Group, Select, Stack, Switch, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTimeZone, useTranslations } from "use-intl";
import type { Video } from "@/api/types";
import { meQuery } from "@/features/identity/queries";
import { Dialog } from "@/ui/Dialog";
import { useErrorText } from "@/ui/errors";
import { FormError } from "@/ui/FormError";
import { momentOfWallTime, wallTimeAt } from "@/ui/wallTime";
import { CategorySelect } from "./CategorySelect";
import { CaptionsField } from "./captions/CaptionsField";
import { type Publishing, publishingChange, publishingOf } from "./publishing";
import { changeVideo, refreshVideos, videoQuery } from "./queries";
import { ThumbnailField } from "./thumbnail/ThumbnailField";

const HOW: Publishing[] = ["now", "later", "draft"];

interface EditVideoModalProps {
  video: Video;
  onClose: () => void;
}

/** All that may be changed about a video. */
export function EditVideoModal({ video, onClose }: EditVideoModalProps) {
  const t = useTranslations("library.edit");
  const common = useTranslations("common");
  const text = useErrorText();
  const queries = useQueryClient();
  const zone = useTimeZone() ?? "UTC";
  const { data: me } = useQuery(meQuery());
  const form = useForm({
    initialValues: {
      title: video.title,
      description: video.description,
      category_id: video.category?.id ?? null,
      ...publishingOf(video, zone),
      is_hero: video.is_hero,
      allow_download: video.allow_download,
    },
    validate: {
      title: (value) => (value.trim() ? null : t("titleNeeded")),
      wall: (value, { how }) =>
        how === "later" && !((momentOfWallTime(value, zone)?.getTime() ?? 0) > Date.now())
          ? t("fromNeeded")
          : null,
    },
  });
  const save = useMutation({
    mutationFn: ({ is_hero, how, wall, ...values }: typeof form.values) => {
      const change = { ...values, ...publishingChange(video, how, wall, zone) };
      return changeVideo(video.id, me?.role === "admin" ? { ...change, is_hero } : change);
    },
    onSuccess: async (changed) => {
      queries.setQueryData(videoQuery(video.id).queryKey, changed);
      onClose();
      await refreshVideos(queries);
    },
  });
  const check = { type: "checkbox" } as const;
  return (
    <Dialog onClose={onClose} title={t("title")} size="lg">
      <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Stack gap="md">
          <TextInput
            label={t("videoTitle")}
            maxLength={200}
            data-autofocus
            {...form.getInputProps("title")}
          />
          <Textarea
            label={t("description")}
            maxLength={5000}
            autosize
            minRows={3}
            maxRows={10}
            {...form.getInputProps("description")}
          />
          <CategorySelect {...form.getInputProps("category_id")} />
          <Select
            label={t("publishing")}
            allowDeselect={false}
            data={HOW.map((how) => ({ value: how, label: t(`publishings.${how}`) }))}
            {...form.getInputProps("how")}
          />
          {form.values.how === "later" && (
            <TextInput
              type="datetime-local"
              label={t("from")}
              description={t("fromHint", { zone })}
              min={wallTimeAt(new Date(), zone)}
              {...form.getInputProps("wall")}
            />
          )}
          <Switch label={t("allowDownload")} {...form.getInputProps("allow_download", check)} />
          {me?.role === "admin" && (
            <Switch
              label={t("hero")}
              description={t("heroHint")}
              {...form.getInputProps("is_hero", check)}
            />
          )}
          <ThumbnailField video={video} />
          <CaptionsField videoId={video.id} isPlayable={video.asset.playable} />
          <FormError text={save.error && text(save.error)} />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {common("cancel")}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {common("save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
