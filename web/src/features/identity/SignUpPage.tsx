import { Anchor, Button } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { FormError } from "@/ui/FormError";
import { IconLock } from "@/ui/icons";
import { Message } from "@/ui/Message";
import { AccountFields, EMPTY_ACCOUNT } from "./AccountFields";
import { AuthCard } from "./AuthCard";
import classes from "./AuthCard.module.css";
import { useChecks } from "./checks";
import { signUp, siteQuery } from "./queries";
import { useAuthForm, useEnter } from "./useAuthForm";

export function SignUpPage() {
  const t = useTranslations("identity");
  const { data: site } = useSuspenseQuery(siteQuery());
  const enter = useEnter();
  const { account } = useChecks();
  const { form, submit, isPending, errorText } = useAuthForm({
    first: EMPTY_ACCOUNT,
    validate: account,
    send: signUp,
    done: (me) => enter(me, { isNew: true }),
  });
  const signInLink = (
    <>
      {t("haveAccount")}{" "}
      <Anchor component={Link} to="/sign-in" inherit>
        {t("signIn")}
      </Anchor>
    </>
  );
  return (
    <AuthCard title={t("joinSite", { site: site.name })} foot={signInLink}>
      {site.joining === "open" ? (
        <form className={classes.form} onSubmit={submit} noValidate>
          <AccountFields form={form} />
          <FormError text={errorText} />
          <Button type="submit" size="md" loading={isPending}>
            {t("createAccount")}
          </Button>
        </form>
      ) : (
        <Message compact icon={IconLock} title={t("signUpClosed")}>
          {t("joinByInvitation")}
        </Message>
      )}
    </AuthCard>
  );
}
