import { Loader } from "@mantine/core";
import { useTranslations } from "use-intl";
import type { Video } from "@/api/types";
import classes from "./WatchPage.module.css";

/** The picture of a video that is about to play. */
export function Waiting({ video }: { video: Video }) {
  const t = useTranslations("common");
  return (
    <>
      {video.asset.thumbnail_url && (
        <img className={classes.poster} src={video.asset.thumbnail_url} alt="" />
      )}
      <div className={classes.wait} role="status" aria-label={t("loading")}>
        <Loader size="lg" />
      </div>
    </>
  );
}
