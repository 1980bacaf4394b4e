import { Anchor, Button, Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { FormError } from "@/ui/FormError";
import { IconMail } from "@/ui/icons";
import { Message } from "@/ui/Message";
import { AccountFields, EMPTY_ACCOUNT } from "./AccountFields";
import { AuthCard } from "./AuthCard";
import classes from "./AuthCard.module.css";
import { useChecks } from "./checks";
import { acceptInvitation, invitationQuery } from "./queries";
import { useAuthForm, useEnter } from "./useAuthForm";

interface InvitationPageProps {
  secret: string;
}

export function InvitationPage({ secret }: InvitationPageProps) {
  const t = useTranslations("identity");
  const enter = useEnter();
  const { account } = useChecks();
  const { data: invitation, isPending: isLoading } = useQuery(invitationQuery(secret));
  const { form, submit, isPending, errorText } = useAuthForm({
    first: EMPTY_ACCOUNT,
    validate: account,
    send: (values) => acceptInvitation(secret, values),
    done: (me) => enter(me, { isNew: true }),
  });
  const invitedEmail = invitation?.email;
  const { setFieldValue } = form;
  useEffect(() => {
    if (invitedEmail) setFieldValue("email", invitedEmail);
  }, [invitedEmail, setFieldValue]);

  const foot = (
    <>
      {t("haveAccount")}{" "}
      <Anchor component={Link} to="/sign-in" inherit>
        {t("signIn")}
      </Anchor>
    </>
  );
  if (isLoading) return <Loader m="auto" />;
  if (!invitation) {
    return (
      <AuthCard title={t("invitationTitle")} foot={foot}>
        <Message compact icon={IconMail} title={t("invitationGone")}>
          {t("invitationGoneHint")}
        </Message>
      </AuthCard>
    );
  }
  return (
    <AuthCard
      title={t("joinSite", { site: invitation.site_name })}
      intro={invitation.invited_by && t("invitedBy", { name: invitation.invited_by })}
      foot={foot}
    >
      <form className={classes.form} onSubmit={submit} noValidate>
        <AccountFields form={form} />
        <FormError text={errorText} />
        <Button type="submit" size="md" loading={isPending}>
          {t("acceptInvitation")}
        </Button>
      </form>
    </AuthCard>
  );
}
