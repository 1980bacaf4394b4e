import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import * as api from "@/api/gen";
import { videoQuery } from "@/features/library/queries";
import { useLiveEvents } from "@/realtime/live";
import { toast } from "@/ui/toasts";

/** Says quietly that somebody has mentioned one in a comment, and leads there. */
export function useMentionToasts(): void {
  const t = useTranslations("comments");
  const queries = useQueryClient();
  const navigate = useNavigate();
  const tell = async (videoId: string, commentId: string) => {
    const [video, { author }] = await Promise.all([
      queries.fetchQuery(videoQuery(videoId)),
      api.getComment({ path: { comment_id: commentId } }),
    ]);
    if (!author) return;
    const hash = `comment-${commentId}`;
    toast(t("mentioned", { name: author.display_name, title: video.title }), {
      label: t("show"),
      href: `/watch/${videoId}#${hash}`,
      go: () => void navigate({ to: "/watch/$videoId", params: { videoId }, hash }),
    });
  };
  useLiveEvents(({ kind, data }) => {
    if (kind !== "mention") return;
    // By now the comment or the video may be gone again, and with them what there is to say.
    void tell(String(data.video_id), String(data.comment_id)).catch(() => undefined);
  });
}
