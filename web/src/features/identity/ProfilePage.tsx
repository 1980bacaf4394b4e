import { Button, FileButton, Group, Select, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { Language, Me, Theme } from "@/api/types";
import { WritingSection } from "@/features/chat/WritingSection";
import { LANGUAGES } from "@/shell/Preferences";
import { Avatar } from "@/ui/Avatar";
import { useErrorText } from "@/ui/errors";
import { FormError } from "@/ui/FormError";
import { IconPhotoPlus } from "@/ui/icons";
import { usePageTitle } from "@/ui/page";
import { Section } from "@/ui/Section";
import sections from "@/ui/Section.module.css";
import { toast } from "@/ui/toasts";
import { useChecks } from "./checks";
import { changeMe, deletePicture, type MeChange, meQuery, putPicture } from "./queries";
import { useAuthForm } from "./useAuthForm";

/** Keeps every place that shows the person up to date. */
function useTakeOver() {
  const queries = useQueryClient();
  return (me: Me) => queries.setQueryData(meQuery().queryKey, me);
}

function Picture({ me }: { me: Me }) {
  const t = useTranslations("account");
  const text = useErrorText();
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries({ queryKey: meQuery().queryKey });
  const put = useMutation({ mutationFn: putPicture, onSuccess: refresh });
  const remove = useMutation({ mutationFn: deletePicture, onSuccess: refresh });
  const error = put.error ?? remove.error;
  return (
    <>
      <Group gap="lg" mb="lg">
        <Avatar person={me} size={84} />
        <Group gap="xs">
          <FileButton
            accept="image/png,image/jpeg,image/webp,image/gif"
            onChange={(file) => file && put.mutate(file)}
          >
            {(props) => (
              <Button
                {...props}
                variant="default"
                leftSection={<IconPhotoPlus size={18} />}
                loading={put.isPending}
              >
                {me.picture_url ? t("changePicture") : t("addPicture")}
              </Button>
            )}
          </FileButton>
          {me.picture_url && (
            <Button
              variant="subtle"
              color="gray"
              loading={remove.isPending}
              onClick={() => remove.mutate()}
            >
              {t("removePicture")}
            </Button>
          )}
        </Group>
      </Group>
      <FormError text={error && text(error)} />
    </>
  );
}

function Profile({ me }: { me: Me }) {
  const t = useTranslations("account");
  const names = useTranslations("identity");
  const takeOver = useTakeOver();
  const checks = useChecks();
  const { form, submit, isPending, errorText } = useAuthForm({
    first: {
      display_name: me.display_name,
      username: me.username,
      email: me.email,
      bio: me.bio,
    },
    validate: (values) => ({
      display_name: checks.required(values.display_name),
      username: checks.username(values.username),
      email: checks.email(values.email),
    }),
    send: changeMe,
    done: (changed) => {
      takeOver(changed);
      toast(t("saved"));
    },
  });
  return (
    <form className={sections.form} onSubmit={submit} noValidate>
      <TextInput
        label={names("displayName")}
        maxLength={80}
        autoComplete="name"
        key={form.key("display_name")}
        {...form.getInputProps("display_name")}
      />
      <div className={sections.pair}>
        <TextInput
          label={names("username")}
          maxLength={30}
          autoCapitalize="none"
          spellCheck={false}
          autoComplete="username"
          key={form.key("username")}
          {...form.getInputProps("username")}
        />
        <TextInput
          label={names("email")}
          type="email"
          autoComplete="email"
          key={form.key("email")}
          {...form.getInputProps("email")}
        />
      </div>
      <Textarea
        label={t("bio")}
        maxLength={500}
        autosize
        minRows={2}
        key={form.key("bio")}
        {...form.getInputProps("bio")}
      />
      <FormError text={errorText} />
      <Group>
        <Button type="submit" loading={isPending}>
          {t("save")}
        </Button>
      </Group>
    </form>
  );
}

const THEMES: Theme[] = ["system", "light", "dark"];

function Look({ me }: { me: Me }) {
  const t = useTranslations("account");
  const themes = useTranslations("shell.themes");
  const text = useErrorText();
  const takeOver = useTakeOver();
  const { mutate, error } = useMutation({
    mutationFn: (change: MeChange) => changeMe(change),
    onSuccess: takeOver,
  });
  return (
    <div className={sections.form}>
      <div className={sections.pair}>
        <Select
          label={t("theme")}
          allowDeselect={false}
          value={me.theme}
          data={THEMES.map((value) => ({
            value,
            label: themes(value === "system" ? "auto" : value),
          }))}
          onChange={(theme) => theme && mutate({ theme: theme as Theme })}
        />
        <Select
          label={t("language")}
          allowDeselect={false}
          value={me.language}
          data={LANGUAGES}
          onChange={(language) => language && mutate({ language: language as Language })}
        />
      </div>
      <Select
        label={t("timeZone")}
        searchable
        allowDeselect={false}
        value={me.time_zone}
        data={[...new Set([me.time_zone, "UTC", ...Intl.supportedValuesOf("timeZone")])]}
        nothingFoundMessage={t("noTimeZone")}
        onChange={(zone) => zone && mutate({ time_zone: zone })}
      />
      <FormError text={error && text(error)} />
    </div>
  );
}

export function ProfilePage() {
  const t = useTranslations("account");
  usePageTitle(t("profile"));
  const { data: me } = useQuery(meQuery());
  if (!me) return null;
  return (
    <>
      <Section title={t("profile")} hint={t("profileHint")}>
        <Picture me={me} />
        <Profile me={me} />
      </Section>
      <Section title={t("look")} hint={t("lookHint")}>
        <Look me={me} />
      </Section>
      <WritingSection me={me} />
    </>
  );
}
