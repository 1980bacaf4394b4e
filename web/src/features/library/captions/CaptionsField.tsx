import { Button, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { IconListDetails, IconPencil } from "@/ui/icons";
import { captionsQuery } from "../queries";
import classes from "./CaptionsField.module.css";
import { NewCaptionsForm } from "./NewCaptionsForm";
import { TrackRow } from "./TrackRow";

interface CaptionsFieldProps {
  videoId: string;
  isPlayable: boolean;
}

/** The captions and chapters of a video: what there is, and ways to more. */
export function CaptionsField({ videoId, isPlayable }: CaptionsFieldProps) {
  const t = useTranslations("library.captions");
  const list = useTranslations("captions.list");
  const { data: captions } = useQuery(captionsQuery(videoId));
  const write = { to: "/watch/$videoId/captions/$trackId", params: { videoId, trackId: "new" } };
  const hasChapters = captions?.items.some(({ kind }) => kind === "chapters");
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
            {captions.items.map((track) => (
              <TrackRow key={track.id} videoId={videoId} track={track} canEdit={isPlayable} />
            ))}
          </ul>
        )}
        {isPlayable && (
          <Group gap="sm">
            <Button
              variant="default"
              size="sm"
              leftSection={<IconPencil size={17} />}
              renderRoot={(props) => <Link {...props} {...write} search={{ kind: "subtitles" }} />}
            >
              {list("write")}
            </Button>
            {!hasChapters && (
              <Button
                variant="default"
                size="sm"
                leftSection={<IconListDetails size={17} />}
                renderRoot={(props) => <Link {...props} {...write} search={{ kind: "chapters" }} />}
              >
                {list("writeChapters")}
              </Button>
            )}
          </Group>
        )}
        <NewCaptionsForm videoId={videoId} />
      </Stack>
    </fieldset>
  );
}
