import { Badge, Button, Code, Group, NumberInput, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Invitation } from "@/api/types";
import { CopyButton } from "@/ui/CopyButton";
import { Dialog } from "@/ui/Dialog";
import { useErrorText } from "@/ui/errors";
import { FormError } from "@/ui/FormError";
import { IconMail, IconPlus } from "@/ui/icons";
import { Message } from "@/ui/Message";
import { usePageTitle } from "@/ui/page";
import { Section } from "@/ui/Section";
import sections from "@/ui/Section.module.css";
import { SectionList } from "@/ui/SectionList";
import { toastError } from "@/ui/toasts";
import { useFormats } from "@/ui/useFormats";
import { createInvitation, invitationsQuery, revokeInvitation, siteQuery } from "./queries";

const EMAIL = /^[^\s@]+@[^\s@]+$/;

function NewInvitation({ onClose }: { onClose: () => void }) {
  const t = useTranslations("invitations");
  const common = useTranslations("common");
  const text = useErrorText();
  const queries = useQueryClient();
  const { data: site } = useQuery(siteQuery());
  const form = useForm({
    initialValues: { email: "", max_uses: 1 },
    validate: {
      email: (value) => (value.trim() && !EMAIL.test(value.trim()) ? t("emailWrong") : null),
    },
  });
  const make = useMutation({
    mutationFn: ({ email, max_uses }: typeof form.values) =>
      createInvitation(email.trim() ? { email: email.trim() } : { max_uses }),
    onSuccess: () => queries.invalidateQueries({ queryKey: invitationsQuery().queryKey }),
  });
  const isForOne = form.values.email.trim() !== "";
  return (
    <Dialog onClose={onClose} title={t("new")}>
      {make.data ? (
        <Stack>
          <Text size="sm">
            {isForOne && site?.mail_configured ? t("mailedAndOnce") : t("linkOnce")}
          </Text>
          <Code block style={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}>
            {make.data.url}
          </Code>
          <Group justify="flex-end">
            <CopyButton value={make.data.url} label={t("copyLink")} />
            <Button onClick={onClose}>{common("done")}</Button>
          </Group>
        </Stack>
      ) : (
        <form onSubmit={form.onSubmit((values) => make.mutate(values))} noValidate>
          <Stack>
            <TextInput
              label={t("email")}
              description={t("emailHint")}
              type="email"
              data-autofocus
              {...form.getInputProps("email")}
            />
            {!isForOne && (
              <NumberInput
                label={t("uses")}
                description={t("usesHint")}
                min={1}
                max={1000}
                allowDecimal={false}
                {...form.getInputProps("max_uses")}
              />
            )}
            <FormError text={make.error && text(make.error)} />
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {common("cancel")}
              </Button>
              <Button type="submit" loading={make.isPending}>
                {t("make")}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Dialog>
  );
}

type State = "open" | "used" | "expired" | "revoked";

export function stateOf(invitation: Invitation, now: number): State {
  if (invitation.revoked_at) return "revoked";
  if (invitation.uses >= invitation.max_uses) return "used";
  return Date.parse(invitation.expires_at) <= now ? "expired" : "open";
}

const STATE_COLORS = { open: "green", used: "gray", expired: "gray", revoked: "gray" } as const;

function InvitationRow({ invitation }: { invitation: Invitation }) {
  const t = useTranslations("invitations");
  const text = useErrorText();
  const { day, ago } = useFormats();
  const queries = useQueryClient();
  const state = stateOf(invitation, Date.now());
  const revoke = useMutation({
    mutationFn: () => revokeInvitation(invitation.id),
    onSuccess: () => queries.invalidateQueries({ queryKey: invitationsQuery().queryKey }),
    onError: (error) => toastError(text(error)),
  });
  const name = invitation.email ?? t("anyone");
  const joined = (invitation.accepted_by ?? []).map(({ display_name }) => display_name).join(", ");
  return (
    <li>
      <IconMail size={24} stroke={1.4} />
      <div className={sections.words}>
        <p className={sections.name}>{name}</p>
        <p className={sections.note}>
          {invitation.invited_by && `${t("by", { name: invitation.invited_by.display_name })} · `}
          {ago(invitation.created_at)} ·{" "}
          {t("usesOf", { uses: invitation.uses, max: invitation.max_uses })}
          {state === "open" && ` · ${t("until", { when: day(invitation.expires_at) })}`}
          {joined && ` · ${t("joined", { names: joined })}`}
        </p>
      </div>
      <div className={sections.tools}>
        <Badge color={STATE_COLORS[state]} variant="light" tt="none">
          {t(`states.${state}`)}
        </Badge>
        {state === "open" && (
          <Button
            size="xs"
            variant="default"
            loading={revoke.isPending}
            aria-label={t("revokeOf", { name })}
            onClick={() => revoke.mutate()}
          >
            {t("revoke")}
          </Button>
        )}
      </div>
    </li>
  );
}

/** All invitations one may see, and a way to make one. */
export function InvitationsPanel() {
  const t = useTranslations("invitations");
  usePageTitle(t("title"));
  const list = useInfiniteQuery(invitationsQuery());
  const [isMaking, setMaking] = useState(false);
  return (
    <Section
      title={t("title")}
      hint={t("hint")}
      action={
        <Button leftSection={<IconPlus size={18} />} onClick={() => setMaking(true)}>
          {t("new")}
        </Button>
      }
    >
      <SectionList
        list={list}
        nothing={
          <Message icon={IconMail} title={t("none")} heading={3}>
            {t("noneHint")}
          </Message>
        }
      >
        {(invitation) => <InvitationRow key={invitation.id} invitation={invitation} />}
      </SectionList>
      {isMaking && <NewInvitation onClose={() => setMaking(false)} />}
    </Section>
  );
}
