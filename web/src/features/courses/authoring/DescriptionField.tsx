import { Button, Group, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { CourseVideo } from "@/api/types";
import { useErrorText } from "@/ui/errors";
import { toastError } from "@/ui/toasts";
import { changeLessonVideo, refreshVideosOf } from "./queries";

/** What is said about the video of a lesson; it stays when the video is replaced. */
export function DescriptionField({ video }: { video: CourseVideo }) {
  const t = useTranslations("authoring.video");
  const common = useTranslations("common");
  const text = useErrorText();
  const queries = useQueryClient();
  const [typed, setTyped] = useState<string | null>(null);
  const { mutate, isPending } = useMutation({
    mutationFn: (description: string) =>
      changeLessonVideo(video.course_id, video.lesson_id, { description }),
    onSuccess: async () => {
      await refreshVideosOf(queries, video.course_id);
      setTyped(null);
    },
    onError: (error) => toastError(text(error)),
  });
  return (
    <Group align="flex-end" mt="md">
      <Textarea
        label={t("description")}
        style={{ flex: "1 1 260px" }}
        maxLength={5000}
        autosize
        minRows={1}
        maxRows={8}
        value={typed ?? video.description}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      {typed !== null && typed !== video.description && (
        <Button variant="default" loading={isPending} onClick={() => mutate(typed)}>
          {common("save")}
        </Button>
      )}
    </Group>
  );
}
