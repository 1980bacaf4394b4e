import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import type { RelationLook } from "@/api/gen";
import type { Person } from "@/api/types";
import { useConfirm } from "@/ui/Confirm";
import { useErrorText } from "@/ui/errors";
import {
  IconBan,
  IconDotsVertical,
  IconMessageCircle,
  IconUserCheck,
  IconUserPlus,
} from "@/ui/icons";
import { PopItem, PopMenu } from "@/ui/PopMenu";
import { toastError } from "@/ui/toasts";
import { keys } from "./keys";
import classes from "./PersonActions.module.css";
import {
  blockPerson,
  followPerson,
  relationQuery,
  startDirect,
  unblockPerson,
  unfollowPerson,
} from "./queries";

interface PersonActionsProps {
  person: Person;
}

/** What one member is to another: to write to, to follow, to block. */
export function PersonActions({ person }: PersonActionsProps) {
  const t = useTranslations("chat.person");
  const menu = useTranslations("chat.menu");
  const text = useErrorText();
  const confirm = useConfirm();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { username, display_name: name } = person;
  const query = relationQuery(username);
  const { data: relation } = useQuery(query);
  const change = useMutation({
    mutationFn: ({ send }: { send: () => Promise<unknown>; becomes: Partial<RelationLook> }) =>
      send(),
    onSuccess: async (_nothing, { becomes }) => {
      queries.setQueryData(query.queryKey, (now) => now && { ...now, ...becomes });
      await Promise.all([
        queries.invalidateQueries({ queryKey: query.queryKey }),
        queries.invalidateQueries({ queryKey: keys.all }),
      ]);
    },
    onError: (error) => toastError(menu("failed", { reason: text(error) })),
  });
  const write = useMutation({
    mutationFn: () => startDirect(person.id),
    onSuccess: async (detail) => {
      queries.setQueryData(keys.one(detail.id), detail);
      await navigate({ to: "/chat/$conversationId", params: { conversationId: detail.id } });
    },
    onError: (error) => toastError(menu("failed", { reason: text(error) })),
  });
  if (!relation) return null;
  const { is_blocked, is_followed, follows_back } = relation;
  const block = async () => {
    const question = {
      title: menu("blockTitle", { name }),
      text: menu("blockText"),
      action: t("block"),
    };
    if (!(await confirm(question))) return;
    change.mutate({
      send: () => blockPerson(username),
      becomes: { is_blocked: true, is_followed: false, follows_back: false },
    });
  };
  const unblock = () =>
    change.mutate({ send: () => unblockPerson(username), becomes: { is_blocked: false } });
  const follow = () =>
    change.mutate({
      send: () => (is_followed ? unfollowPerson(username) : followPerson(username)),
      becomes: { is_followed: !is_followed },
    });
  if (is_blocked) {
    return (
      <div className={classes.actions}>
        <span className={classes.note}>{t("blocked", { name })}</span>
        <Button variant="default" radius="xl" loading={change.isPending} onClick={unblock}>
          {t("unblock")}
        </Button>
      </div>
    );
  }
  return (
    <div className={classes.actions}>
      {follows_back && <span className={classes.note}>{t("followsYou")}</span>}
      <Button
        radius="xl"
        leftSection={<IconMessageCircle size={18} />}
        loading={write.isPending}
        onClick={() => write.mutate()}
      >
        {t("write")}
      </Button>
      <Button
        radius="xl"
        variant="default"
        leftSection={is_followed ? <IconUserCheck size={18} /> : <IconUserPlus size={18} />}
        aria-pressed={is_followed}
        loading={change.isPending}
        onClick={follow}
      >
        {is_followed ? t("following") : t("follow")}
      </Button>
      <PopMenu label={t("more", { name })} icon={<IconDotsVertical size={20} />}>
        <PopItem icon={IconBan} isBad onClick={() => void block()}>
          {t("block")}
        </PopItem>
      </PopMenu>
    </div>
  );
}
