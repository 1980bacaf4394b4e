import { Anchor, Button, TextInput } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { FormError } from "@/ui/FormError";
import { IconMail } from "@/ui/icons";
import { Message } from "@/ui/Message";
import { AuthCard } from "./AuthCard";
import classes from "./AuthCard.module.css";
import { useChecks } from "./checks";
import { askPasswordReset, siteQuery } from "./queries";
import { useAuthForm } from "./useAuthForm";

export function AskResetPage() {
  const t = useTranslations("identity");
  const { data: site } = useSuspenseQuery(siteQuery());
  const { email } = useChecks();
  const { form, submit, isPending, isSuccess, errorText } = useAuthForm({
    first: { email: "" },
    validate: (values) => ({ email: email(values.email) }),
    send: (values) => askPasswordReset(values.email),
    done: () => undefined,
  });
  return (
    <AuthCard
      title={t("resetTitle")}
      foot={
        <Anchor component={Link} to="/sign-in" inherit>
          {t("backToSignIn")}
        </Anchor>
      }
    >
      {!site.mail_configured ? (
        <Message compact icon={IconMail} title={t("resetNoMail")}>
          {t("resetNoMailHint")}
        </Message>
      ) : isSuccess ? (
        <div role="status">
          <Message compact icon={IconMail} title={t("resetSent")}>
            {t("resetSentHint")}
          </Message>
        </div>
      ) : (
        <form className={classes.form} onSubmit={submit} noValidate>
          <TextInput
            label={t("email")}
            description={t("resetHint")}
            type="email"
            autoComplete="email"
            key={form.key("email")}
            {...form.getInputProps("email")}
          />
          <FormError text={errorText} />
          <Button type="submit" size="md" loading={isPending}>
            {t("resetSend")}
          </Button>
        </form>
      )}
    </AuthCard>
  );
}
