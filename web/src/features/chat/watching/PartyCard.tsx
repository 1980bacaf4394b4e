import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import type { Message } from "@/api/types";
import { Thumbnail } from "@/ui/Thumbnail";
import { join, useHasJoined } from "./joined";
import classes from "./Party.module.css";
import { REASONS } from "./useParty";

/** Stands below the words on who began to watch what: the way in, as long as it goes on. */
export function PartyCard({ message }: { message: Message }) {
  const t = useTranslations("chat.watching");
  const { system, shared_video: video } = message;
  const partyId = String(system?.party_id);
  const isIn = useHasJoined(partyId);
  const ended = system?.ended;
  const reason = ended ? (REASONS.find((one) => one === ended) ?? "ended") : null;
  return (
    <div className={classes.card} data-over={reason ? true : undefined}>
      {video && (
        <>
          <span className={classes.thumbnail}>
            <Thumbnail video={{ asset: video, progress: null }} />
          </span>
          <Link to="/watch/$videoId" params={{ videoId: video.id }} className="clamp-2">
            <bdi>{video.title}</bdi>
          </Link>
        </>
      )}
      {reason ? (
        <p>{t(`over.${reason}`)}</p>
      ) : (
        <Button size="xs" radius="xl" disabled={isIn} onClick={() => join(partyId)}>
          {isIn ? t("watching") : t("join")}
        </Button>
      )}
    </div>
  );
}
