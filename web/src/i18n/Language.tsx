import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from "react";
import { IntlProvider } from "use-intl";
import type { Language } from "@/api/types";
import { loadMessages, type Messages, rememberLanguage } from ".";

interface LanguageChoice {
  language: Language;
  setLanguage: (language: Language) => void;
}

const Choice = createContext<LanguageChoice | null>(null);

export function useLanguage(): LanguageChoice {
  const choice = useContext(Choice);
  if (!choice) throw new Error("useLanguage needs a LanguageProvider");
  return choice;
}

interface LanguageProviderProps {
  first: { language: Language; messages: Messages };
  timeZone?: string;
  children: ReactNode;
}

/** Gives all texts in the chosen language; a change loads the other texts first, then switches. */
export function LanguageProvider({ first, timeZone, children }: LanguageProviderProps) {
  const [loaded, setLoaded] = useState(first);
  const setLanguage = useCallback((language: Language) => {
    rememberLanguage(language);
    void loadMessages(language).then((messages) => setLoaded({ language, messages }));
  }, []);
  useEffect(() => {
    document.documentElement.lang = loaded.language;
  }, [loaded.language]);
  return (
    <Choice value={{ language: loaded.language, setLanguage }}>
      <IntlProvider
        locale={loaded.language}
        messages={loaded.messages}
        timeZone={timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone}
      >
        {children}
      </IntlProvider>
    </Choice>
  );
}
