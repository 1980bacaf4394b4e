import { Button, Group, Stack, Switch, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { Playlist } from "@/api/types";
import { Dialog } from "@/ui/Dialog";
import { useErrorText } from "@/ui/errors";
import { FormError } from "@/ui/FormError";
import { changePlaylist, createPlaylist, playlistQuery, refreshPlaylists } from "./queries";

interface PlaylistDialogProps {
  /** Null makes a new one. */
  playlist: Playlist | null;
  onClose: () => void;
}

/** Name, description and who may see a playlist. */
export function PlaylistDialog({ playlist, onClose }: PlaylistDialogProps) {
  const t = useTranslations("playlists");
  const common = useTranslations("common");
  const text = useErrorText();
  const queries = useQueryClient();
  const form = useForm({
    initialValues: {
      title: playlist?.title ?? "",
      description: playlist?.description ?? "",
      is_public: playlist?.is_public ?? false,
    },
    validate: { title: (value) => (value.trim() ? null : t("nameNeeded")) },
  });
  const save = useMutation({
    mutationFn: (values: typeof form.values) =>
      playlist ? changePlaylist(playlist.id, values) : createPlaylist(values),
    onSuccess: async (saved) => {
      queries.setQueryData(playlistQuery(saved.id).queryKey, saved);
      onClose();
      await refreshPlaylists(queries);
    },
  });
  return (
    <Dialog onClose={onClose} title={playlist ? t("editTitle") : t("create")}>
      <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Stack>
          <TextInput
            label={t("name")}
            maxLength={100}
            data-autofocus
            {...form.getInputProps("title")}
          />
          <Textarea
            label={t("description")}
            maxLength={500}
            autosize
            minRows={2}
            maxRows={8}
            {...form.getInputProps("description")}
          />
          <Switch
            label={t("makePublic")}
            description={t("publicHint")}
            {...form.getInputProps("is_public", { type: "checkbox" })}
          />
          <FormError text={save.error && text(save.error)} />
          <Group justify="flex-end">
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
