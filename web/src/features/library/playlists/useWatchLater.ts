import { useTranslations } from "use-intl";
import { toast } from "@/ui/toasts";
import { withWatchLater } from "./membership";
import { useMemberships } from "./useMemberships";

/** Whether a video is kept for later, and the way to change it; it shows before the server knows. */
export function useWatchLater(videoId: string, isWanted: boolean) {
  const t = useTranslations("playlists");
  const { data, change } = useMemberships(videoId, isWanted);
  const [list] = withWatchLater(data ?? []);
  const isLater = list?.contains ?? false;
  const toggle = () => {
    if (!list) return;
    change.mutate(
      { list, contains: !isLater },
      { onSuccess: () => toast(isLater ? t("removedLater") : t("addedLater")) },
    );
  };
  return { isLater, toggle };
}
