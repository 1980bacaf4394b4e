import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { CoursePage } from "@/api/types";
import { useDropTaker } from "@/features/uploads/drops";
import { useConfirm } from "@/ui/Confirm";
import { useErrorText } from "@/ui/errors";
import { IconTrash, IconUpload } from "@/ui/icons";
import { Section } from "@/ui/Section";
import { toastError } from "@/ui/toasts";
import { courseQuery } from "../queries";
import classes from "./Authoring.module.css";
import { deletePreview, previewStateQuery, refreshVideosOf, retryPreview } from "./queries";
import { isOnItsWay, usePreviewUpload } from "./useLessonUpload";
import { OnItsWay, VersionState } from "./VersionState";

/** The video that those see who are not enrolled yet. */
export function PreviewField({ course }: { course: CoursePage }) {
  const t = useTranslations("authoring.video");
  const preview = useTranslations("authoring.previewVideo");
  const text = useErrorText();
  const confirm = useConfirm();
  const queries = useQueryClient();
  const { data } = useQuery(previewStateQuery(course.id));
  const upload = usePreviewUpload(course);
  useDropTaker({ hint: preview("dropHere"), take: upload.send });
  const { mutate, isPending } = useMutation({
    mutationFn: (action: () => Promise<unknown>) => action(),
    onSettled: async () => {
      await refreshVideosOf(queries, course.id);
      await queries.invalidateQueries({ queryKey: courseQuery(course.slug).queryKey });
    },
    onError: (error) => toastError(text(error)),
  });
  const retry = () => mutate(() => retryPreview(course.id));
  const remove = async () => {
    const question = {
      title: preview("deleteTitle"),
      text: preview("deleteText"),
      action: t("delete"),
    };
    if (await confirm(question)) mutate(() => deletePreview(course.id));
  };
  const isSending = isOnItsWay(upload.item);
  const { current = null, next = null } = data ?? {};
  const isReady = current?.status === "ready";
  return (
    <Section
      title={preview("title")}
      hint={preview("hint")}
      action={
        data &&
        !isSending && (
          <Button variant="default" leftSection={<IconUpload size={18} />} onClick={upload.choose}>
            {current ? t("replace") : t("upload")}
          </Button>
        )
      }
    >
      {current && !(isSending && !isReady) && (
        <VersionState
          title={t(isReady ? "visitorsSee" : "current")}
          version={current}
          upload={upload}
          onRetry={next ? undefined : retry}
          isPending={isPending}
        >
          <Button
            size="xs"
            variant="subtle"
            color="red"
            leftSection={<IconTrash size={16} />}
            disabled={isPending}
            onClick={() => void remove()}
          >
            {t("delete")}
          </Button>
        </VersionState>
      )}
      {next && !isSending && (
        <VersionState
          title={t("newVersion")}
          version={next}
          upload={upload}
          onRetry={retry}
          isPending={isPending}
        />
      )}
      {isSending && (
        <div className={classes.state}>
          <h3>{t(isReady ? "newVersion" : "current")}</h3>
          <OnItsWay item={upload.item as NonNullable<typeof upload.item>} />
        </div>
      )}
      {data && !current && !isSending && <p className={classes.plain}>{preview("none")}</p>}
    </Section>
  );
}
