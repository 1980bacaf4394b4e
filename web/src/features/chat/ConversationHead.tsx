import { ActionIcon } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import type { ConversationDetail, Me } from "@/api/types";
import { useConfirm } from "@/ui/Confirm";
import { useErrorText } from "@/ui/errors";
import {
  IconArrowLeft,
  IconBan,
  IconBell,
  IconBellOff,
  IconDeviceTv,
  IconDotsVertical,
  IconPin,
  IconPinnedOff,
  IconSearch,
  IconTrash,
  IconUsersGroup,
} from "@/ui/icons";
import { PopItem, PopMenu } from "@/ui/PopMenu";
import { toastError } from "@/ui/toasts";
import classes from "./Chat.module.css";
import { keys } from "./keys";
import { dropLook } from "./looks";
import { nameOf } from "./names";
import { Portrait } from "./Portrait";
import { blockPerson, changeConversation, hideConversation } from "./queries";
import { useTypingWords } from "./useTypingWords";

const GroupDialog = lazy(() => import("./GroupDialog"));
const PickVideo = lazy(() => import("./watching/PickVideo"));

interface ConversationHeadProps {
  detail: ConversationDetail;
  me: Me;
  onFind: () => void;
}

/** Whom one talks with, whether they are here, and what to do with the conversation. */
export function ConversationHead({ detail, me, onFind }: ConversationHeadProps) {
  const t = useTranslations("chat");
  const [isGroupOpen, setGroupOpen] = useState(false);
  const [isPicking, setPicking] = useState(false);
  const typing = useTypingWords(detail);
  const { person } = detail;
  const isGroup = detail.type === "group";
  const state = isGroup
    ? t("people", { count: detail.participant_count })
    : detail.is_online
      ? t("online")
      : person && `@${person.username}`;
  const name = <bdi className={classes.name}>{nameOf(detail)}</bdi>;
  return (
    <header className={classes.head}>
      <Link to="/chat" className={classes.back} aria-label={t("toList")}>
        <IconArrowLeft size={22} />
      </Link>
      <Portrait look={detail} size={40} />
      <div className={classes.title}>
        <h1>
          {person ? (
            <Link to="/people/$username" params={{ username: person.username }}>
              {name}
            </Link>
          ) : (
            <button type="button" onClick={() => setGroupOpen(true)}>
              {name}
            </button>
          )}
        </h1>
        <p aria-live="polite" data-typing={typing ? true : undefined}>
          {typing ?? state}
        </p>
      </div>
      {detail.request === null && detail.last_number > 0 && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size={40}
          radius="xl"
          aria-label={t("watching.start")}
          title={t("watching.start")}
          onClick={() => setPicking(true)}
        >
          <IconDeviceTv size={20} />
        </ActionIcon>
      )}
      <HeadMenu detail={detail} onFind={onFind} onGroup={() => setGroupOpen(true)} />
      {isGroup && isGroupOpen && (
        <Suspense>
          <GroupDialog detail={detail} me={me} onClose={() => setGroupOpen(false)} />
        </Suspense>
      )}
      {isPicking && (
        <Suspense>
          <PickVideo conversationId={detail.id} onClose={() => setPicking(false)} />
        </Suspense>
      )}
    </header>
  );
}

interface HeadMenuProps {
  detail: ConversationDetail;
  onFind: () => void;
  onGroup: () => void;
}

function HeadMenu({ detail, onFind, onGroup }: HeadMenuProps) {
  const t = useTranslations("chat.menu");
  const finding = useTranslations("finding");
  const text = useErrorText();
  const confirm = useConfirm();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { id, person, is_muted, is_pinned } = detail;
  const attempt = (work: Promise<unknown>) =>
    work.catch((error: unknown) => toastError(t("failed", { reason: text(error) })));
  const forget = () => {
    dropLook(queries, id);
    queries.removeQueries({ queryKey: keys.one(id) });
    queries.removeQueries({ queryKey: keys.thread(id) });
  };
  // Whoever is gone is not to be told about it by a page that asks for what is no longer there.
  const leaveBy = async (work: () => Promise<unknown>) => {
    await navigate({ to: "/chat" });
    await attempt(work().then(forget));
  };
  const hide = async () => {
    const question = { title: t("hideTitle"), text: t("hideText"), action: t("hide") };
    if (await confirm(question)) await leaveBy(() => hideConversation(id));
  };
  const block = async () => {
    if (!person) return;
    const name = person.display_name;
    const question = { title: t("blockTitle", { name }), text: t("blockText"), action: t("block") };
    if (await confirm(question)) await leaveBy(() => blockPerson(person.username));
  };
  return (
    <PopMenu label={t("label")} icon={<IconDotsVertical size={20} />}>
      {detail.type === "group" && (
        <PopItem icon={IconUsersGroup} onClick={onGroup}>
          {t("group")}
        </PopItem>
      )}
      <PopItem icon={IconSearch} onClick={onFind}>
        {finding("within")}
      </PopItem>
      <PopItem
        icon={is_muted ? IconBell : IconBellOff}
        onClick={() => void attempt(changeConversation(queries, id, { is_muted: !is_muted }))}
      >
        {is_muted ? t("unmute") : t("mute")}
      </PopItem>
      <PopItem
        icon={is_pinned ? IconPinnedOff : IconPin}
        onClick={() => void attempt(changeConversation(queries, id, { is_pinned: !is_pinned }))}
      >
        {is_pinned ? t("unpin") : t("pin")}
      </PopItem>
      <PopItem icon={IconTrash} onClick={() => void hide()}>
        {t("hide")}
      </PopItem>
      {person && (
        <PopItem icon={IconBan} isBad onClick={() => void block()}>
          {t("block")}
        </PopItem>
      )}
    </PopMenu>
  );
}
