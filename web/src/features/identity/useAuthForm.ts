import { type FormErrors, useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { ApiError } from "@/api/client";
import type { Language, Me } from "@/api/types";
import { useLanguage } from "@/i18n/Language";
import { useErrorText } from "@/ui/errors";
import { changeMe, meQuery, siteQuery } from "./queries";

/** A new account speaks the language it was made in and lives in the browser's time zone. */
async function settle(me: Me, language: Language): Promise<Me> {
  const time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (me.language === language && me.time_zone === time_zone) return me;
  // Not worth failing for: both can be set on the account page.
  return changeMe({ language, time_zone }).catch(() => me);
}

interface Entry {
  to?: string;
  isNew?: boolean;
}

/** Takes over who is signed in and goes on to the page they wanted. */
export function useEnter() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { language } = useLanguage();
  return async (signedIn: Me, { to = "/", isNew = false }: Entry = {}) => {
    const me = isNew ? await settle(signedIn, language) : signedIn;
    queries.clear();
    queries.setQueryData(meQuery().queryKey, me);
    await queries.ensureQueryData(siteQuery());
    // Only paths of our own: an address from outside must not send people elsewhere.
    await navigate({ href: to.startsWith("/") && !to.startsWith("//") ? to : "/" });
  };
}

interface AuthForm<Values extends Record<string, unknown>, Result> {
  first: Values;
  validate: (values: Values) => FormErrors;
  send: (values: Values) => Promise<Result>;
  done: (result: Result) => unknown;
}

/** A form whose refusals by field stand at the field, and all others above the button. */
export function useAuthForm<Values extends Record<string, unknown>, Result>({
  first,
  validate,
  send,
  done,
}: AuthForm<Values, Result>) {
  const form = useForm<Values>({
    mode: "uncontrolled",
    initialValues: first,
    validate: (values) => validate(values),
  });
  const text = useErrorText();
  const atFields = (error: unknown): FormErrors => {
    if (!(error instanceof ApiError)) return {};
    const { field } = error.fields;
    if (typeof field === "string" && field in first) return { [field]: text(error) };
    const known = error.problems.filter((problem) => problem.field in first);
    return Object.fromEntries(known.map((problem) => [problem.field, problem.message]));
  };
  const mutation = useMutation({
    mutationFn: send,
    onSuccess: done,
    onError: (error) => form.setErrors(atFields(error)),
  });
  const isAtField = Object.keys(atFields(mutation.error)).length > 0;
  return {
    form,
    submit: form.onSubmit((values) => mutation.mutate(values)),
    isPending: mutation.isPending,
    isSuccess: mutation.isSuccess,
    errorText: mutation.error && !isAtField ? text(mutation.error) : null,
  };
}
