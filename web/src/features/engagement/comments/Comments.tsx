import { Button, SegmentedControl, Skeleton } from "@mantine/core";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLocation } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { ApiError } from "@/api/client";
import type { Me, Video } from "@/api/types";
import { meQuery } from "@/features/identity/queries";
import { Avatar } from "@/ui/Avatar";
import { draftPlace } from "@/ui/draft";
import { IconMessageCircle } from "@/ui/icons";
import { ErrorMessage, Message } from "@/ui/Message";
import { toast } from "@/ui/toasts";
import { CommentForm } from "./CommentForm";
import classes from "./Comments.module.css";
import { findComment, type Sort } from "./cache";
import { commentQuery, commentsQuery } from "./queries";
import { Thread } from "./Thread";
import { UnsentItem } from "./UnsentItem";
import { say, useUnsent } from "./unsent";
import { useLiveComments } from "./useLiveComments";

const HASH = "comment-";

/** What the address leads to: a comment, and the one above it that it answers. */
function useLinked() {
  const id = useLocation({
    select: ({ hash }) => (hash.startsWith(HASH) ? hash.slice(HASH.length) : ""),
  });
  const one = useQuery({ ...commentQuery(id), enabled: id !== "" });
  const parentId = one.data?.parent_id ?? "";
  const parent = useQuery({ ...commentQuery(parentId), enabled: parentId !== "" });
  const linked = id && one.data && !one.data.is_deleted ? one.data : null;
  const isGone =
    id !== "" &&
    (one.data?.is_deleted || (one.error instanceof ApiError && one.error.status < 500));
  return { linked, above: linked?.parent_id ? parent.data : linked, isGone };
}

interface CommentsProps {
  video: Video;
}

/** What people say about a video. */
export function Comments({ video }: CommentsProps) {
  const t = useTranslations("comments");
  const { data: me } = useQuery(meQuery());
  const [sort, setSort] = useState<Sort>("newest");
  const heading = useRef<HTMLHeadingElement>(null);
  useLiveComments(video);
  if (!me) return null;
  return (
    <section className={classes.comments} aria-labelledby="comments">
      <div className={classes.bar}>
        <h2 id="comments" ref={heading} tabIndex={-1}>
          {t("title")}
        </h2>
        <SegmentedControl
          size="xs"
          radius="xl"
          aria-label={t("order")}
          value={sort}
          onChange={(value) => setSort(value as Sort)}
          data={[
            { value: "newest", label: t("newest") },
            { value: "oldest", label: t("oldest") },
          ]}
        />
      </div>
      <List video={video} me={me} sort={sort} onGone={() => heading.current?.focus()} />
    </section>
  );
}

interface ListProps {
  video: Video;
  me: Me;
  sort: Sort;
  onGone: () => void;
}

function List({ video, me, sort, onGone }: ListProps) {
  const t = useTranslations("comments");
  const queries = useQueryClient();
  const query = useInfiniteQuery(commentsQuery(video.id, sort));
  const unsent = useUnsent(me.id, video.id, null);
  const { linked, above, isGone } = useLinked();
  const send = async (text: string, moment_seconds: number | null) => {
    const words = { author_id: me.id, video_id: video.id, parent_id: null, text };
    const hasArrived = await say(queries, { ...words, moment_seconds });
    if (hasArrived && sort === "oldest" && query.hasNextPage) toast(t("among"));
  };
  const others = query.data?.pages
    .flatMap(({ items }) => items)
    .filter(({ id }) => id !== above?.id);
  return (
    <>
      <div className={classes.write}>
        <Avatar person={me} size={40} />
        <CommentForm
          label={t("write")}
          action={t("send")}
          draftPlace={draftPlace(me.id, video.id)}
          withMoment
          onSend={(text, moment) => void send(text, moment)}
        />
      </div>
      {isGone && <p className={classes.stub}>{t("linkedGone")}</p>}
      <ul className={classes.list}>
        {unsent.map((one) => (
          <li key={one.client_id}>
            <UnsentItem unsent={one} me={me} video={video} />
          </li>
        ))}
        {above && linked && (
          <li key={`linked-${linked.id}`}>
            <p className={classes.led}>{t("linked")}</p>
            <Thread
              comment={findComment(queries, above.id) ?? above}
              video={video}
              me={me}
              linked={linked}
              onGone={onGone}
            />
          </li>
        )}
        {others?.map((comment) => (
          <li key={comment.id}>
            <Thread comment={comment} video={video} me={me} onGone={onGone} />
          </li>
        ))}
      </ul>
      {query.isPending && <Waiting />}
      {query.error && !query.data && (
        <ErrorMessage error={query.error} heading={3} onRetry={() => void query.refetch()} />
      )}
      {others?.length === 0 && unsent.length === 0 && !above && (
        <Message icon={IconMessageCircle} title={t("emptyTitle")} heading={3} compact>
          {t("emptyHint")}
        </Message>
      )}
      {query.hasNextPage && (
        <Button
          variant="default"
          radius="xl"
          className={classes.further}
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t("moreComments")}
        </Button>
      )}
    </>
  );
}

function Waiting() {
  const t = useTranslations("common");
  return (
    <div className={classes.list} role="status" aria-label={t("loading")}>
      {["70%", "45%", "85%"].map((width) => (
        <div key={width} className={classes.item}>
          <Skeleton circle h={40} w={40} />
          <div className={classes.body}>
            <Skeleton h={11} w={120} radius="xl" />
            <Skeleton h={11} w={width} radius="xl" mt={12} />
          </div>
        </div>
      ))}
    </div>
  );
}
