import { Loader } from "@mantine/core";
import { useTranslations } from "use-intl";
import classes from "./WatchPage.module.css";

/** The picture of a video that is about to play. */
export function Waiting({ poster }: { poster: string | null | undefined }) {
  const t = useTranslations("common");
  return (
    <>
      {poster && <img className={classes.poster} src={poster} alt="" />}
      <div className={classes.wait} role="status" aria-label={t("loading")}>
        <Loader size="lg" />
      </div>
    </>
  );
}
