import { PasswordInput, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useTranslations } from "use-intl";
import type { NewAccount } from "./queries";

export const EMPTY_ACCOUNT: NewAccount = {
  display_name: "",
  username: "",
  email: "",
  password: "",
};

interface AccountFieldsProps<Values extends NewAccount> {
  form: UseFormReturnType<Values>;
}

/** The four things every new account needs. */
export function AccountFields<Values extends NewAccount>({ form }: AccountFieldsProps<Values>) {
  const t = useTranslations("identity");
  return (
    <>
      <TextInput
        label={t("displayName")}
        autoComplete="name"
        maxLength={80}
        key={form.key("display_name")}
        {...form.getInputProps("display_name")}
      />
      <TextInput
        label={t("username")}
        description={t("usernameHint")}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={30}
        key={form.key("username")}
        {...form.getInputProps("username")}
      />
      <TextInput
        label={t("email")}
        type="email"
        autoComplete="email"
        key={form.key("email")}
        {...form.getInputProps("email")}
      />
      <PasswordInput
        label={t("password")}
        description={t("passwordHint")}
        autoComplete="new-password"
        key={form.key("password")}
        {...form.getInputProps("password")}
      />
    </>
  );
}
