import { Button, Checkbox, Group, Skeleton, Stack, Switch, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Membership } from "@/api/types";
import { Dialog } from "@/ui/Dialog";
import { useErrorText } from "@/ui/errors";
import { FormError } from "@/ui/FormError";
import { IconPlus } from "@/ui/icons";
import { ErrorMessage } from "@/ui/Message";
import { createPlaylist, refreshPlaylists } from "./queries";
import classes from "./SaveDialog.module.css";
import { useMemberships } from "./useMemberships";
import { usePlaylistName } from "./usePlaylistName";

interface SaveDialogProps {
  videoId: string;
  onClose: () => void;
}

function NewList({ videoId, onDone }: { videoId: string; onDone: () => void }) {
  const t = useTranslations("playlists");
  const common = useTranslations("common");
  const queries = useQueryClient();
  const text = useErrorText();
  const form = useForm({
    initialValues: { title: "", is_public: false },
    validate: { title: (value) => (value.trim() ? null : t("nameNeeded")) },
  });
  const create = useMutation({
    mutationFn: (values: typeof form.values) => createPlaylist({ ...values, video_id: videoId }),
    onSuccess: async () => {
      await refreshPlaylists(queries);
      onDone();
    },
  });
  return (
    <form onSubmit={form.onSubmit((values) => create.mutate(values))}>
      <Stack gap="sm">
        <TextInput label={t("name")} maxLength={100} autoFocus {...form.getInputProps("title")} />
        <Switch
          label={t("makePublic")}
          description={t("publicHint")}
          {...form.getInputProps("is_public", { type: "checkbox" })}
        />
        <FormError text={create.error && text(create.error)} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {common("cancel")}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t("createAndSave")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** One playlist; the tick is drawn in the same moment, before anything else knows of it. */
function Tick({ list, videoId }: { list: Membership; videoId: string }) {
  const t = useTranslations("playlists");
  const name = usePlaylistName();
  const { change } = useMemberships(videoId, true);
  const [wish, setWish] = useState<boolean | null>(null);
  const tick = (contains: boolean) => {
    setWish(contains);
    change.mutate({ list, contains }, { onSettled: () => setWish(null) });
  };
  return (
    <Checkbox
      label={name(list)}
      description={list.is_public ? t("isPublic") : t("isPrivate")}
      checked={wish ?? list.contains}
      onChange={({ currentTarget }) => tick(currentTarget.checked)}
    />
  );
}

/** In which of one's own playlists a video is; each tick counts at once. */
export default function SaveDialog({ videoId, onClose }: SaveDialogProps) {
  const t = useTranslations("playlists");
  const common = useTranslations("common");
  const { data, error, refetch } = useMemberships(videoId, true);
  const [isCreating, setCreating] = useState(false);
  return (
    <Dialog onClose={onClose} title={t("saveTo")}>
      {error && !data && <ErrorMessage error={error} onRetry={() => void refetch()} />}
      {!data && !error && (
        <div role="status" aria-label={common("loading")}>
          <Skeleton h={22} mb={14} />
          <Skeleton h={22} mb={14} />
        </div>
      )}
      {data && (
        <fieldset className={classes.lists}>
          <legend className="visually-hidden">{t("yourLists")}</legend>
          {data.map((list) => (
            <Tick key={list.id || list.kind} list={list} videoId={videoId} />
          ))}
        </fieldset>
      )}
      <div className={classes.foot}>
        {isCreating ? (
          <NewList videoId={videoId} onDone={() => setCreating(false)} />
        ) : (
          <Group justify="space-between">
            <Button
              variant="default"
              leftSection={<IconPlus size={18} />}
              onClick={() => setCreating(true)}
            >
              {t("create")}
            </Button>
            <Button onClick={onClose}>{common("done")}</Button>
          </Group>
        )}
      </div>
    </Dialog>
  );
}
