import { useMantineColorScheme } from "@mantine/core";
import { useEffect } from "react";
import type { Language, Me, Theme } from "@/api/types";
import { useLanguage } from "@/i18n/Language";

export const schemeOf = (theme: Theme) => (theme === "system" ? "auto" : theme);

/** Makes this device look as the person chose on their account. */
export function useOwnPreferences(me: Me | null): void {
  const { setColorScheme } = useMantineColorScheme();
  const { setLanguage } = useLanguage();
  const theme: Theme | undefined = me?.theme;
  const language: Language | undefined = me?.language;
  useEffect(() => {
    if (theme) setColorScheme(schemeOf(theme));
  }, [theme, setColorScheme]);
  useEffect(() => {
    if (language) setLanguage(language);
  }, [language, setLanguage]);
}
