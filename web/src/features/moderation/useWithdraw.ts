import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { VideoCard } from "@/api/types";
import { meQuery } from "@/features/identity/queries";
import { changeVideo, refreshVideos } from "@/features/library/queries";
import { useConfirm } from "@/ui/Confirm";
import { useErrorText } from "@/ui/errors";
import { toast, toastError } from "@/ui/toasts";

/** Takes somebody else's video out of everybody's sight; null for whom that is not up to. */
export function useWithdraw(video: VideoCard): (() => void) | null {
  const t = useTranslations("moderation");
  const text = useErrorText();
  const queries = useQueryClient();
  const confirm = useConfirm();
  const { data: me } = useQuery(meQuery());
  const { mutate } = useMutation({
    mutationFn: () => changeVideo(video.id, { published: false }),
    onSuccess: async () => {
      await refreshVideos(queries);
      toast(t("done", { title: video.title }));
    },
    onError: (error) => toastError(text(error)),
  });
  if (!me || me.role === "member" || me.id === video.uploaded_by.id || !video.published)
    return null;
  return async () => {
    const question = {
      title: t("withdrawTitle"),
      text: t("withdrawText", { title: video.title }),
      action: t("withdraw"),
    };
    if (await confirm(question)) mutate();
  };
}
