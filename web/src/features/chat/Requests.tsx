import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import type { Me } from "@/api/types";
import { FormError } from "@/ui/FormError";
import classes from "./List.module.css";
import { nameOf, usePreview } from "./names";
import { Portrait } from "./Portrait";
import { requestsQuery } from "./queries";
import { useAnswer } from "./useAnswer";

interface RequestsProps {
  me: Me;
}

/** Who would like to begin a conversation, to be accepted or declined. */
export function Requests({ me }: RequestsProps) {
  const t = useTranslations("chat.requests");
  const common = useTranslations("common");
  const preview = usePreview(me.id);
  const query = useInfiniteQuery(requestsQuery());
  const { answer, isPending, error } = useAnswer();
  const found = query.data?.pages.flatMap(({ items }) => items) ?? [];
  if (found.length === 0) return null;
  return (
    <section className={classes.requests} aria-labelledby="chat-requests">
      <h2 id="chat-requests">{t("title", { count: found.length })}</h2>
      <FormError text={error} />
      <ul className={classes.rows}>
        {found.map((look) => (
          <li key={look.id} className={classes.request}>
            <Link
              to="/chat/$conversationId"
              params={{ conversationId: look.id }}
              className={classes.row}
            >
              <Portrait look={look} size={40} />
              <span className={classes.words}>
                <bdi className={classes.name}>{nameOf(look)}</bdi>
                <span className={classes.preview} dir="auto">
                  {preview(look)}
                </span>
              </span>
            </Link>
            <div className={classes.answers}>
              <Button
                size="xs"
                radius="xl"
                disabled={isPending}
                aria-label={t("acceptOf", { name: nameOf(look) })}
                onClick={() => answer(look.id, true)}
              >
                {t("accept")}
              </Button>
              <Button
                size="xs"
                radius="xl"
                variant="default"
                disabled={isPending}
                aria-label={t("declineOf", { name: nameOf(look) })}
                onClick={() => answer(look.id, false)}
              >
                {t("decline")}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {common("showMore")}
        </Button>
      )}
    </section>
  );
}
