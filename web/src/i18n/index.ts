import type { Language } from "@/api/types";
import type en from "./en";

export type Messages = typeof en;

declare module "use-intl" {
  interface AppConfig {
    Locale: Language;
    Messages: Messages;
  }
}

const STORED = "lumenhall-language";
const LANGUAGES: readonly Language[] = ["en", "es"];

/** The language remembered on this device, else the browser's, else English. */
export function preferredLanguage(): Language {
  const wishes = [localStorage.getItem(STORED) ?? "", ...navigator.languages];
  for (const wish of wishes) {
    const found = LANGUAGES.find((language) => wish.toLowerCase().startsWith(language));
    if (found) return found;
  }
  return "en";
}

export function rememberLanguage(language: Language): void {
  localStorage.setItem(STORED, language);
}

export async function loadMessages(language: Language): Promise<Messages> {
  const loaded = language === "es" ? await import("./es") : await import("./en");
  return loaded.default;
}
