import { Button, Skeleton } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import type { FlaggedMessage } from "@/api/gen";
import grid from "@/features/library/Grid.module.css";
import rows from "@/features/library/MyVideos.module.css";
import { Avatar } from "@/ui/Avatar";
import { useConfirm } from "@/ui/Confirm";
import { useErrorText } from "@/ui/errors";
import { IconMessageCircle } from "@/ui/icons";
import { ErrorMessage, Message } from "@/ui/Message";
import { toast, toastError } from "@/ui/toasts";
import { useFormats } from "@/ui/useFormats";
import classes from "./Flagged.module.css";
import { dismissFlag, flaggedQuery, removeFlagged } from "./queries";

function Entry({ entry }: { entry: FlaggedMessage }) {
  const t = useTranslations("moderation");
  const text = useErrorText();
  const confirm = useConfirm();
  const queries = useQueryClient();
  const { ago, moment } = useFormats();
  const { id, sender, number, created_at, edited_at, conversation_id, conversation_type } = entry;
  const name = sender.display_name;
  const { mutate, isPending } = useMutation({
    mutationFn: async ({ work, done }: { work: () => Promise<unknown>; done: string }) => {
      await work();
      return done;
    },
    onSuccess: (done) => toast(done),
    onError: (error) => toastError(text(error)),
    // Somebody else may have been first.
    onSettled: () => queries.invalidateQueries({ queryKey: flaggedQuery().queryKey }),
  });
  const remove = async () => {
    const question = { title: t("removeTitle"), text: t("removeText"), action: t("remove") };
    if (await confirm(question)) mutate({ work: () => removeFlagged(id), done: t("removed") });
  };
  return (
    <li className={classes.item}>
      <Avatar person={sender} size={40} />
      <div className={classes.words}>
        <p className={rows.meta}>
          <Link to="/people/$username" params={{ username: sender.username }}>
            {t("from", { name, kind: conversation_type })}
          </Link>
          <time dateTime={created_at} title={moment(created_at)}>
            {ago(created_at)}
          </time>
          {edited_at && <span>{t("edited")}</span>}
        </p>
        <blockquote className={classes.text} dir="auto">
          {entry.text}
        </blockquote>
        <div className={classes.actions}>
          <Button
            variant="default"
            size="xs"
            disabled={isPending}
            aria-label={t("dismissOf", { name })}
            onClick={() => mutate({ work: () => dismissFlag(id), done: t("dismissed") })}
          >
            {t("dismiss")}
          </Button>
          <Button
            variant="light"
            color="red"
            size="xs"
            disabled={isPending}
            aria-label={t("removeOf", { name })}
            onClick={() => void remove()}
          >
            {t("remove")}
          </Button>
          {conversation_id && (
            <Link
              to="/chat/$conversationId"
              params={{ conversationId: conversation_id }}
              search={{ message: number }}
            >
              {t("open")}
            </Link>
          )}
        </div>
      </div>
    </li>
  );
}

/** Messages that hold a word of the list, without anything else of their conversations. */
export function Flagged() {
  const t = useTranslations("moderation");
  const common = useTranslations("common");
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    flaggedQuery(),
  );
  if (error && !data) return <ErrorMessage error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={100} radius={16} role="status" aria-label={common("loading")} />;
  const entries = data.pages.flatMap(({ items }) => items);
  if (entries.length === 0) {
    return <Message icon={IconMessageCircle} title={t("flaggedEmpty")} compact />;
  }
  return (
    <>
      <ul className={rows.list} aria-label={t("flagged")}>
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ul>
      {hasNextPage && (
        <div className={grid.more}>
          <Button
            variant="default"
            loading={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            {common("showMore")}
          </Button>
        </div>
      )}
    </>
  );
}
