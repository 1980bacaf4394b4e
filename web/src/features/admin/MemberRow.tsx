import { ActionIcon, Badge, Button, Code, Group, Menu, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Member, Role } from "@/api/types";
import { Avatar } from "@/ui/Avatar";
import { BytesInput } from "@/ui/BytesInput";
import { useConfirm } from "@/ui/Confirm";
import { CopyButton } from "@/ui/CopyButton";
import { Dialog } from "@/ui/Dialog";
import { useErrorText } from "@/ui/errors";
import { IconCheck, IconDotsVertical } from "@/ui/icons";
import sections from "@/ui/Section.module.css";
import { toastError } from "@/ui/toasts";
import { useFormats } from "@/ui/useFormats";
import { changeMember, type MemberChange, makeResetLink } from "./queries";

const ROLES: Role[] = ["member", "moderator", "admin"];

function QuotaModal({
  member,
  onClose,
  onSave,
}: ModalProps & { onSave: (limit: number | null) => void }) {
  const t = useTranslations("admin");
  const common = useTranslations("common");
  const [limit, setLimit] = useState(member.weekly_upload_limit_bytes);
  return (
    <Dialog onClose={onClose} title={t("quotaOf", { name: member.display_name })}>
      <Stack>
        <BytesInput
          label={t("weeklyLimit")}
          description={t("quotaHint")}
          value={limit}
          onChange={setLimit}
          data-autofocus
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button
            onClick={() => {
              onSave(limit);
              onClose();
            }}
          >
            {common("save")}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

interface ModalProps {
  member: Member;
  onClose: () => void;
}

function ResetLinkModal({ member, onClose, url }: ModalProps & { url: string }) {
  const t = useTranslations("admin");
  const common = useTranslations("common");
  return (
    <Dialog onClose={onClose} title={t("resetLinkOf", { name: member.display_name })}>
      <Stack>
        <Text size="sm">{t("resetLinkHint")}</Text>
        <Code block style={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}>
          {url}
        </Code>
        <Group justify="flex-end">
          <CopyButton value={url} label={t("copyLink")} />
          <Button onClick={onClose}>{common("done")}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

function useMemberActions(member: Member) {
  const text = useErrorText();
  const queries = useQueryClient();
  const onError = (error: Error) => toastError(text(error));
  const change = useMutation({
    mutationFn: (body: MemberChange) => changeMember(member.id, body),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["admin", "members"] }),
    onError,
  });
  const reset = useMutation({ mutationFn: () => makeResetLink(member.id), onError });
  return { change, reset };
}

interface MemberRowProps {
  member: Member;
  isMe: boolean;
}

export function MemberRow({ member, isMe }: MemberRowProps) {
  const t = useTranslations("admin");
  const { ago, bytes } = useFormats();
  const confirm = useConfirm();
  const { change, reset } = useMemberActions(member);
  const [isLimiting, setLimiting] = useState(false);
  const isDisabled = member.disabled_at !== null;
  const toggle = async () => {
    const isSure =
      isDisabled ||
      (await confirm({
        title: t("disableTitle"),
        text: t("disableText", { name: member.display_name }),
        action: t("disable"),
      }));
    if (isSure) change.mutate({ disabled: !isDisabled });
  };
  return (
    <li>
      <Avatar person={member} size={40} />
      <div className={sections.words}>
        <p className={sections.name}>
          {member.display_name}{" "}
          {isMe && (
            <Text span c="dimmed" size="sm">
              {t("you")}
            </Text>
          )}
        </p>
        <p className={sections.note}>
          @{member.username} · {member.email}
          {member.last_seen_at && ` · ${t("seen", { when: ago(member.last_seen_at) })}`}
          {member.used_bytes ? ` · ${t("used", { size: bytes(member.used_bytes) })}` : ""}
          {member.weekly_upload_limit_bytes !== null &&
            ` · ${t("ownLimit", { size: bytes(member.weekly_upload_limit_bytes) })}`}
        </p>
      </div>
      <div className={sections.tools}>
        {isDisabled && (
          <Badge color="red" variant="light" tt="none">
            {t("disabled")}
          </Badge>
        )}
        {member.role !== "member" && (
          <Badge color={member.role === "admin" ? "ink" : "gray"} variant="light" tt="none">
            {t(`roles.${member.role}`)}
          </Badge>
        )}
        <Menu position="bottom-end" width={230}>
          <Menu.Target>
            <ActionIcon
              aria-label={t("actionsFor", { name: member.display_name })}
              loading={change.isPending || reset.isPending}
            >
              <IconDotsVertical size={20} stroke={1.7} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{t("role")}</Menu.Label>
            {ROLES.map((role) => (
              <Menu.Item
                key={role}
                rightSection={role === member.role && <IconCheck size={16} />}
                onClick={() => change.mutate({ role })}
              >
                {t(`roles.${role}`)}
              </Menu.Item>
            ))}
            <Menu.Divider />
            <Menu.Item onClick={() => setLimiting(true)}>{t("setQuota")}</Menu.Item>
            <Menu.Item onClick={() => reset.mutate()}>{t("makeResetLink")}</Menu.Item>
            {!isMe && (
              <Menu.Item
                c={isDisabled ? undefined : "var(--mantine-color-error)"}
                onClick={() => void toggle()}
              >
                {isDisabled ? t("enable") : t("disable")}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      </div>
      {isLimiting && (
        <QuotaModal
          member={member}
          onClose={() => setLimiting(false)}
          onSave={(limit) => change.mutate({ weekly_upload_limit_bytes: limit })}
        />
      )}
      {reset.data && (
        <ResetLinkModal member={member} url={reset.data.url} onClose={() => reset.reset()} />
      )}
    </li>
  );
}
