import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { useTranslations } from "use-intl";
import type { ConversationDetail, Me, Party as Watched } from "@/api/types";
import { videoQuery } from "@/features/library/queries";
import { Faces } from "./Faces";
import { join, useHasJoined } from "./joined";
import classes from "./Party.module.css";
import { useParty } from "./useParty";

const PartyStage = lazy(() => import("./PartyStage"));

interface PartyProps {
  detail: ConversationDetail;
  me: Me;
}

/** What the conversation watches together: the picture, or the way to it. */
export function Party({ detail, me }: PartyProps) {
  const { party, deed } = useParty(detail, me.id);
  const isIn = useHasJoined(party?.id ?? "");
  if (!party) return null;
  if (!isIn) return <Invitation key={party.id} party={party} />;
  return (
    <Suspense fallback={<div className={classes.stage} data-party />}>
      <PartyStage key={party.id} party={party} deed={deed} me={me} />
    </Suspense>
  );
}

/** The others watch already, or somebody has left and may come back. */
function Invitation({ party }: { party: Watched }) {
  const t = useTranslations("chat.watching");
  const { data: video } = useQuery(videoQuery(party.video_id));
  return (
    <section className={classes.invitation} aria-label={t("label")}>
      <Faces people={party.here} />
      <p className="clamp-2">{video && t("isOn", { title: video.title })}</p>
      <Button size="xs" radius="xl" onClick={() => join(party.id)}>
        {t("join")}
      </Button>
    </section>
  );
}
