import type { FormErrors } from "@mantine/form";
import { useTranslations } from "use-intl";
import type { NewAccount } from "./queries";

const USERNAME = /^[a-z0-9_.-]{3,30}$/i;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const SHORTEST_PASSWORD = 10;

/** The rules a form can tell at once; the server has the last word. */
export function useChecks() {
  const t = useTranslations("identity.checks");
  const checks = {
    required: (value: string) => (value.trim() ? null : t("required")),
    username: (value: string) => (USERNAME.test(value.trim()) ? null : t("username")),
    email: (value: string) => (EMAIL.test(value.trim()) ? null : t("email")),
    newPassword: (value: string) =>
      value.length >= SHORTEST_PASSWORD ? null : t("password", { count: SHORTEST_PASSWORD }),
  };
  return {
    ...checks,
    account: (values: NewAccount): FormErrors => ({
      display_name: checks.required(values.display_name),
      username: checks.username(values.username),
      email: checks.email(values.email),
      password: checks.newPassword(values.password),
    }),
  };
}
