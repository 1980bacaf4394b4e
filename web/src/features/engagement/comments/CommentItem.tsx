import { ActionIcon, Menu } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useMemo, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { Comment, PersonLook, Video } from "@/api/types";
import { Avatar } from "@/ui/Avatar";
import { useConfirm } from "@/ui/Confirm";
import { useErrorText } from "@/ui/errors";
import { IconDotsVertical, IconPencil, IconTrash } from "@/ui/icons";
import { toastError } from "@/ui/toasts";
import { useFormats } from "@/ui/useFormats";
import { ReactionButton } from "../reactions/ReactionButton";
import { Tally } from "../reactions/Tally";
import { useReact } from "../reactions/useReact";
import { CommentForm } from "./CommentForm";
import classes from "./Comments.module.css";
import { CommentText } from "./CommentText";
import { takeUp } from "./cache";
import { commentTarget, deleteComment, editComment } from "./queries";

interface CommentFrameProps {
  person: PersonLook;
  isSmall: boolean;
  /** What stands beside the name. */
  facts: ReactNode;
  children: ReactNode;
}

/** Who says it, and the room for what. */
export function CommentFrame({ person, isSmall, facts, children }: CommentFrameProps) {
  return (
    <>
      <Avatar person={person} size={isSmall ? 28 : 40} />
      <div className={classes.body}>
        <div className={classes.head}>
          <Link
            to="/people/$username"
            params={{ username: person.username }}
            className={classes.name}
          >
            <bdi>{person.display_name}</bdi>
          </Link>
          {facts}
        </div>
        {children}
      </div>
    </>
  );
}

interface CommentItemProps {
  comment: Comment;
  video: Video;
  isLinked?: boolean;
  /** Absent where nothing can be answered any more. */
  onReply: (() => void) | undefined;
  /** The keyboard needs another place once this is gone. */
  onGone: () => void;
}

/** One comment or reply, and what one can do with it. */
export function CommentItem({ comment, video, isLinked, onReply, onGone }: CommentItemProps) {
  const t = useTranslations("comments");
  const common = useTranslations("common");
  const text = useErrorText();
  const queries = useQueryClient();
  const { ago, moment } = useFormats();
  const [isEditing, setEditing] = useState(false);
  const target = useMemo(() => commentTarget(queries, comment.id), [queries, comment.id]);
  const onReact = useReact(target);
  const item = useRef<HTMLElement>(null);
  const stopEditing = () => {
    setEditing(false);
    // The keyboard goes on where it opened the form, once that is there again.
    setTimeout(() => item.current?.querySelector<HTMLElement>("[data-menu]")?.focus(), 0);
  };
  const save = useMutation({
    mutationFn: (words: string) => editComment(comment.id, words),
    onSuccess: (changed) => {
      takeUp(queries, changed);
      stopEditing();
    },
  });
  const { author, parent_id } = comment;
  const isSmall = parent_id !== null;
  if (!author) {
    return (
      <div className={classes.item} data-small={isSmall || undefined}>
        <p className={classes.stub}>{t("deleted")}</p>
      </div>
    );
  }
  const facts = (
    <>
      {author.id === video.uploaded_by.id && <span className={classes.owner}>{t("owner")}</span>}
      <Link
        to="/watch/$videoId"
        params={{ videoId: video.id }}
        hash={`comment-${comment.id}`}
        className={classes.when}
        aria-label={t("linkTo", { time: ago(comment.created_at) })}
        title={moment(comment.created_at)}
        resetScroll={false}
      >
        {ago(comment.created_at)}
      </Link>
      {comment.edited_at && (
        <span className={classes.edited} title={moment(comment.edited_at)}>
          {t("edited")}
        </span>
      )}
    </>
  );
  return (
    <article
      ref={item}
      className={classes.item}
      data-small={isSmall || undefined}
      data-linked={isLinked || undefined}
      aria-label={t("by", { name: author.display_name })}
    >
      <CommentFrame person={author} isSmall={isSmall} facts={facts}>
        {isEditing ? (
          <CommentForm
            label={t("change")}
            action={common("save")}
            draftPlace={null}
            first={comment.text}
            isOpened
            isBusy={save.isPending}
            error={save.error && text(save.error)}
            onSend={(words) => (words === comment.text ? stopEditing() : save.mutate(words))}
            onCancel={() => {
              save.reset();
              stopEditing();
            }}
          />
        ) : (
          <>
            <CommentText comment={comment} video={video} />
            <div className={classes.actions}>
              <ReactionButton small isReady mine={comment.my_reaction} onReact={onReact} />
              <Tally small counts={comment.reaction_counts} />
              {onReply && (
                <button
                  type="button"
                  className={classes.quiet}
                  data-answer
                  aria-label={t("replyTo", { name: author.display_name })}
                  onClick={onReply}
                >
                  {t("reply")}
                </button>
              )}
            </div>
          </>
        )}
      </CommentFrame>
      {!isEditing && (comment.can_edit || comment.can_delete) && (
        <ItemMenu
          comment={comment}
          name={author.display_name}
          onGone={onGone}
          onEdit={() => setEditing(true)}
        />
      )}
    </article>
  );
}

interface ItemMenuProps {
  comment: Comment;
  name: string;
  onEdit: () => void;
  onGone: () => void;
}

function ItemMenu({ comment, name, onEdit, onGone }: ItemMenuProps) {
  const t = useTranslations("comments");
  const text = useErrorText();
  const confirm = useConfirm();
  const queries = useQueryClient();
  const remove = async () => {
    const isSure = await confirm({
      title: t("deleteTitle"),
      text: t("deleteText"),
      action: t("delete"),
    });
    if (!isSure) return;
    try {
      await deleteComment(queries, comment);
      onGone();
    } catch (error) {
      toastError(t("deleteFailed", { reason: text(error) }));
    }
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon data-menu className={classes.menu} aria-label={t("menu", { name })}>
          <IconDotsVertical size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {comment.can_edit && (
          <Menu.Item leftSection={<IconPencil size={17} stroke={1.7} />} onClick={onEdit}>
            {t("edit")}
          </Menu.Item>
        )}
        {comment.can_delete && (
          <Menu.Item
            leftSection={<IconTrash size={17} stroke={1.7} />}
            color="red"
            onClick={() => void remove()}
          >
            {t("delete")}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
