import { useCallback } from "react";
import { useLocale, useTranslations } from "use-intl";
import { ApiError } from "@/api/client";
import type en from "@/i18n/en";
import { formatBytes, formatWait } from "./format";

export type ErrorKey = keyof typeof en.errors;

/** Sizes and waits in a problem's fields, as people read them; everything else as it came. */
export function readableFields(
  fields: Record<string, unknown>,
  locale: string,
): Record<string, string | number> {
  const readable: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (name.endsWith("_bytes") && typeof value === "number") {
      readable[name] = formatBytes(value, locale);
    } else if (name === "retry_after" && typeof value === "number") {
      readable[name] = formatWait(value, locale);
    } else if (name.endsWith("_at") && typeof value === "string") {
      const style = { dateStyle: "full", timeStyle: "short" } as const;
      readable[name] = new Intl.DateTimeFormat(locale, style).format(new Date(value));
    } else if (Array.isArray(value) && value.every((item) => typeof item === "string")) {
      readable[name] = new Intl.ListFormat(locale, { type: "disjunction" }).format(value);
    } else if (typeof value === "string" || typeof value === "number") {
      readable[name] = value;
    }
  }
  return readable;
}

const PLACEHOLDER = /\{(\w+)/g;

/** Whether a text's placeholders are all among the fields; else a plainer text is better. */
export function isFilledBy(text: string, fields: Record<string, unknown>): boolean {
  return [...text.matchAll(PLACEHOLDER)].every(([, name]) => name !== undefined && name in fields);
}

/** Turns any failure into a sentence in the person's language. */
export function useErrorText(): (error: unknown) => string {
  const t = useTranslations("errors");
  const locale = useLocale();
  return useCallback(
    (error: unknown) => {
      if (!(error instanceof ApiError)) return t("internal_error");
      const key = error.code as ErrorKey;
      const { detail } = error;
      const fields = readableFields({ ...error.fields, detail }, locale);
      if (t.has(key) && isFilledBy(String(t.raw(key)), fields)) return t(key, fields);
      // A code this page does not know: the server's own English words are better than none.
      return error.detail ?? (error.message || t("internal_error"));
    },
    [t, locale],
  );
}
