import { Button, Loader } from "@mantine/core";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { Comment, Me, Video } from "@/api/types";
import { draftPlace, readDraft } from "@/ui/draft";
import { useErrorText } from "@/ui/errors";
import { IconChevronDown, IconChevronUp } from "@/ui/icons";
import { CommentForm } from "./CommentForm";
import { CommentItem } from "./CommentItem";
import classes from "./Comments.module.css";
import { repliesQuery } from "./queries";
import { UnsentItem } from "./UnsentItem";
import { say, useUnsent } from "./unsent";

interface ThreadProps {
  comment: Comment;
  video: Video;
  me: Me;
  /** The comment or reply that a link led to. */
  linked?: Comment;
  onGone: () => void;
}

/** A comment and what was answered to it. */
export function Thread({ comment, video, me, linked, onGone }: ThreadProps) {
  const t = useTranslations("comments");
  const queries = useQueryClient();
  const linkedReply = linked && linked.id !== comment.id ? linked : null;
  const [isOpen, setOpen] = useState(linkedReply !== null);
  const unsent = useUnsent(me.id, video.id, comment.id);
  const place = draftPlace(me.id, video.id, comment.id);
  const [answering, setAnswering] = useState<{ first: string; turn: number } | null>(() =>
    readDraft(place).text ? { first: "", turn: 0 } : null,
  );
  const top = useRef<HTMLDivElement>(null);
  const linkedId = linked?.id;
  useEffect(() => {
    if (linkedId) top.current?.scrollIntoView({ block: "center" });
  }, [linkedId]);
  const answer = (to: Comment) => {
    const name = to.id !== comment.id && to.author?.id !== me.id ? to.author?.username : null;
    setAnswering({ first: name ? `@${name} ` : "", turn: (answering?.turn ?? 0) + 1 });
  };
  const close = () => {
    setAnswering(null);
    top.current?.querySelector<HTMLElement>("[data-answer]")?.focus();
  };
  const send = (text: string, moment_seconds: number | null) => {
    setOpen(true);
    close();
    const words = { author_id: me.id, video_id: video.id, parent_id: comment.id, text };
    void say(queries, { ...words, moment_seconds });
  };
  const replyLooks = { video, onGone };
  return (
    <div ref={top}>
      <CommentItem
        {...replyLooks}
        comment={comment}
        isLinked={linked?.id === comment.id}
        onReply={comment.is_deleted ? undefined : () => answer(comment)}
      />
      <div className={classes.replies}>
        {comment.reply_count > 0 && (
          <button
            type="button"
            className={classes.toggle}
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? <IconChevronUp size={18} /> : <IconChevronDown size={18} />}
            {isOpen ? t("hideReplies") : t("replies", { count: comment.reply_count })}
          </button>
        )}
        {isOpen && (
          <Replies
            {...replyLooks}
            comment={comment}
            linked={linkedReply}
            onReply={comment.is_deleted ? undefined : answer}
          />
        )}
        {unsent.length > 0 && (
          <ul className={classes.list}>
            {unsent.map((one) => (
              <li key={one.client_id}>
                <UnsentItem unsent={one} me={me} video={video} />
              </li>
            ))}
          </ul>
        )}
        {answering && (
          <CommentForm
            key={answering.turn}
            label={t("writeReply")}
            action={t("sendReply")}
            draftPlace={place}
            first={answering.first}
            isOpened={answering.turn > 0}
            withMoment
            onSend={send}
            onCancel={close}
          />
        )}
      </div>
    </div>
  );
}

interface RepliesProps {
  comment: Comment;
  video: Video;
  linked: Comment | null;
  onReply: ((to: Comment) => void) | undefined;
  onGone: () => void;
}

function Replies({ comment, video, linked, onReply, onGone }: RepliesProps) {
  const t = useTranslations("comments");
  const common = useTranslations("common");
  const text = useErrorText();
  const query = useInfiniteQuery(repliesQuery(comment.id));
  if (query.isPending) {
    return (
      <div className={classes.wait} role="status" aria-label={common("loading")}>
        <Loader size="sm" />
      </div>
    );
  }
  if (!query.data) {
    return (
      <div className={classes.notSent} role="alert">
        <span>{text(query.error)}</span>
        <button type="button" onClick={() => void query.refetch()}>
          {common("tryAgain")}
        </button>
      </div>
    );
  }
  const loaded = query.data.pages.flatMap(({ items }) => items);
  // One that a link led to may stand further down than what has been loaded.
  const isMissing = linked && !loaded.some(({ id }) => id === linked.id);
  const shown = isMissing ? [linked, ...loaded] : loaded;
  return (
    <>
      <ul className={classes.list}>
        {shown.map((reply) => (
          <li key={reply.id}>
            <CommentItem
              comment={reply}
              video={video}
              isLinked={reply.id === linked?.id}
              onReply={onReply && (() => onReply(reply))}
              onGone={onGone}
            />
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
          {t("moreReplies")}
        </Button>
      )}
    </>
  );
}
