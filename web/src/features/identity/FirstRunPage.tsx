import { Button, TextInput } from "@mantine/core";
import { useTranslations } from "use-intl";
import { FormError } from "@/ui/FormError";
import { AccountFields, EMPTY_ACCOUNT } from "./AccountFields";
import { AuthCard } from "./AuthCard";
import classes from "./AuthCard.module.css";
import { useChecks } from "./checks";
import { firstRun } from "./queries";
import { useAuthForm, useEnter } from "./useAuthForm";

export function FirstRunPage() {
  const t = useTranslations("identity");
  const enter = useEnter();
  const checks = useChecks();
  const { form, submit, isPending, errorText } = useAuthForm({
    first: { site_name: "", ...EMPTY_ACCOUNT },
    validate: (values) => ({
      site_name: checks.required(values.site_name),
      ...checks.account(values),
    }),
    send: firstRun,
    done: (me) => enter(me, { isNew: true }),
  });
  return (
    <AuthCard title={t("firstRunTitle")} intro={t("firstRunIntro")}>
      <form className={classes.form} onSubmit={submit} noValidate>
        <TextInput
          label={t("siteName")}
          description={t("siteNameHint")}
          maxLength={100}
          key={form.key("site_name")}
          {...form.getInputProps("site_name")}
        />
        <AccountFields form={form} />
        <FormError text={errorText} />
        <Button type="submit" size="md" loading={isPending}>
          {t("firstRunButton")}
        </Button>
      </form>
    </AuthCard>
  );
}
