import { Anchor, Button, Loader, PasswordInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { FormError } from "@/ui/FormError";
import { IconKey } from "@/ui/icons";
import { Message } from "@/ui/Message";
import { toast } from "@/ui/toasts";
import { AuthCard } from "./AuthCard";
import classes from "./AuthCard.module.css";
import { useChecks } from "./checks";
import { passwordResetQuery, resetPassword } from "./queries";
import { useAuthForm } from "./useAuthForm";

interface ResetPageProps {
  secret: string;
}

export function ResetPage({ secret }: ResetPageProps) {
  const t = useTranslations("identity");
  const navigate = useNavigate();
  const { newPassword } = useChecks();
  const { data: account, isPending: isLoading } = useQuery(passwordResetQuery(secret));
  const { form, submit, isPending, errorText } = useAuthForm({
    first: { password: "" },
    validate: (values) => ({ password: newPassword(values.password) }),
    send: (values) => resetPassword(secret, values.password),
    done: async () => {
      toast(t("passwordChanged"));
      await navigate({ to: "/sign-in" });
    },
  });
  if (isLoading) return <Loader m="auto" />;
  return (
    <AuthCard
      title={t("newPasswordTitle")}
      intro={account && t("newPasswordFor", { name: account.username })}
      foot={
        <Anchor component={Link} to="/reset" inherit>
          {t("resetAgain")}
        </Anchor>
      }
    >
      {account ? (
        <form className={classes.form} onSubmit={submit} noValidate>
          <PasswordInput
            label={t("newPassword")}
            description={t("passwordHint")}
            autoComplete="new-password"
            key={form.key("password")}
            {...form.getInputProps("password")}
          />
          <FormError text={errorText} />
          <Button type="submit" size="md" loading={isPending}>
            {t("savePassword")}
          </Button>
        </form>
      ) : (
        <Message compact icon={IconKey} title={t("resetGone")}>
          {t("resetGoneHint")}
        </Message>
      )}
    </AuthCard>
  );
}
