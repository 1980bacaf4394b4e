import { Button, Group, PasswordInput, Skeleton } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { Session } from "@/api/types";
import { useErrorText } from "@/ui/errors";
import { FormError } from "@/ui/FormError";
import { IconDeviceLaptop, IconDeviceMobile } from "@/ui/icons";
import { ErrorMessage } from "@/ui/Message";
import { usePageTitle } from "@/ui/page";
import { Section } from "@/ui/Section";
import sections from "@/ui/Section.module.css";
import { toast, toastError } from "@/ui/toasts";
import { useFormats } from "@/ui/useFormats";
import { useChecks } from "./checks";
import { changePassword, endSession, sessionsQuery } from "./queries";
import { useAuthForm } from "./useAuthForm";
import { readableAgent } from "./userAgent";

function Password() {
  const t = useTranslations("account");
  const queries = useQueryClient();
  const { required, newPassword } = useChecks();
  const { form, submit, isPending, errorText } = useAuthForm({
    first: { current_password: "", new_password: "" },
    validate: (values) => ({
      current_password: required(values.current_password),
      new_password: newPassword(values.new_password),
    }),
    send: changePassword,
    done: async () => {
      form.reset();
      toast(t("passwordChanged"));
      await queries.invalidateQueries({ queryKey: sessionsQuery().queryKey });
    },
  });
  return (
    <form className={sections.form} onSubmit={submit} noValidate>
      <PasswordInput
        label={t("currentPassword")}
        autoComplete="current-password"
        key={form.key("current_password")}
        {...form.getInputProps("current_password")}
      />
      <PasswordInput
        label={t("newPassword")}
        autoComplete="new-password"
        key={form.key("new_password")}
        {...form.getInputProps("new_password")}
      />
      <FormError text={errorText} />
      <Group>
        <Button type="submit" loading={isPending}>
          {t("changePassword")}
        </Button>
      </Group>
    </form>
  );
}

function SessionRow({ session }: { session: Session }) {
  const t = useTranslations("account");
  const { ago } = useFormats();
  const text = useErrorText();
  const queries = useQueryClient();
  const { name, isPhone } = readableAgent(session.user_agent);
  const Icon = isPhone ? IconDeviceMobile : IconDeviceLaptop;
  const end = useMutation({
    mutationFn: () => endSession(session.id),
    onSuccess: () => queries.invalidateQueries({ queryKey: sessionsQuery().queryKey }),
    onError: (error) => toastError(text(error)),
  });
  return (
    <li>
      <Icon size={26} stroke={1.4} />
      <div className={sections.words}>
        <p className={sections.name}>{name ?? t("unknownDevice")}</p>
        <p className={sections.note}>
          {session.current ? t("thisDevice") : t("lastSeen", { when: ago(session.last_seen_at) })}
          {session.ip && ` · ${session.ip}`}
        </p>
      </div>
      {!session.current && (
        <Button
          size="xs"
          variant="default"
          loading={end.isPending}
          aria-label={t("endSessionOf", { name: name ?? t("unknownDevice") })}
          onClick={() => end.mutate()}
        >
          {t("endSession")}
        </Button>
      )}
    </li>
  );
}

export function SecurityPage() {
  const t = useTranslations("account");
  usePageTitle(t("security"));
  const { data: sessions, error, refetch } = useQuery(sessionsQuery());
  return (
    <>
      <Section title={t("password")} hint={t("passwordHint")}>
        <Password />
      </Section>
      <Section title={t("sessions")} hint={t("sessionsHint")}>
        {error && !sessions ? (
          <ErrorMessage error={error} onRetry={() => void refetch()} heading={3} />
        ) : sessions ? (
          <ul className={sections.rows}>
            {sessions.items.map((session) => (
              <SessionRow key={session.id} session={session} />
            ))}
          </ul>
        ) : (
          <Skeleton h={60} radius="md" />
        )}
      </Section>
    </>
  );
}
