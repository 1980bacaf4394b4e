import { Anchor, Button, PasswordInput, TextInput } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { FormError } from "@/ui/FormError";
import { AuthCard } from "./AuthCard";
import classes from "./AuthCard.module.css";
import { useChecks } from "./checks";
import { signIn, siteQuery } from "./queries";
import { useAuthForm, useEnter } from "./useAuthForm";

interface SignInPageProps {
  next: string | undefined;
}

export function SignInPage({ next }: SignInPageProps) {
  const t = useTranslations("identity");
  const { data: site } = useSuspenseQuery(siteQuery());
  const enter = useEnter();
  const { required } = useChecks();
  const { form, submit, isPending, errorText } = useAuthForm({
    first: { login: "", password: "" },
    validate: (values) => ({
      login: required(values.login),
      password: required(values.password),
    }),
    send: signIn,
    done: (me) => enter(me, { to: next }),
  });
  return (
    <AuthCard
      title={t("signInTo", { site: site.name })}
      foot={
        site.joining === "open" ? (
          <>
            {t("noAccount")}{" "}
            <Anchor component={Link} to="/sign-up" inherit>
              {t("signUp")}
            </Anchor>
          </>
        ) : (
          t("joinByInvitation")
        )
      }
    >
      <form className={classes.form} onSubmit={submit} noValidate>
        <TextInput
          label={t("login")}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          data-autofocus
          key={form.key("login")}
          {...form.getInputProps("login")}
        />
        <PasswordInput
          label={t("password")}
          autoComplete="current-password"
          key={form.key("password")}
          {...form.getInputProps("password")}
        />
        <FormError text={errorText} />
        <Button type="submit" size="md" loading={isPending}>
          {t("signIn")}
        </Button>
        <Anchor component={Link} to="/reset" size="sm" ta="center">
          {t("forgot")}
        </Anchor>
      </form>
    </AuthCard>
  );
}
