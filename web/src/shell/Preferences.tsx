import { useMantineColorScheme } from "@mantine/core";
import { useTranslations } from "use-intl";
import type { Language } from "@/api/types";
import { useLanguage } from "@/i18n/Language";
import { IconCheck, IconDeviceDesktop, IconMoon, IconSun } from "@/ui/icons";
import { PopItem, PopMenu } from "@/ui/PopMenu";
import classes from "./Preferences.module.css";

/** Languages are named in their own words. */
export const LANGUAGES: { value: Language; label: string }[] = [
  { value: "en", label: "English" },
  { value: "es", label: "Español" },
];

const Unchosen = () => <i className={classes.unchosen} />;

export function LanguageMenu() {
  const t = useTranslations("shell");
  const { language, setLanguage } = useLanguage();
  return (
    <PopMenu
      label={t("language")}
      className={classes.button}
      icon={<b className={classes.code}>{language.toUpperCase()}</b>}
    >
      {LANGUAGES.map(({ value, label }) => (
        <PopItem
          key={value}
          icon={value === language ? IconCheck : Unchosen}
          onClick={() => setLanguage(value)}
        >
          <span lang={value}>{label}</span>
        </PopItem>
      ))}
    </PopMenu>
  );
}

const SCHEMES = [
  { value: "light", icon: IconSun },
  { value: "dark", icon: IconMoon },
  { value: "auto", icon: IconDeviceDesktop },
] as const;

export function ThemeMenu() {
  const t = useTranslations("shell");
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Current = SCHEMES.find(({ value }) => value === colorScheme)?.icon ?? IconDeviceDesktop;
  return (
    <PopMenu
      label={t("theme")}
      className={classes.button}
      icon={<Current size={20} stroke={1.7} />}
    >
      {SCHEMES.map(({ value, icon }) => (
        <PopItem key={value} icon={icon} onClick={() => setColorScheme(value)}>
          <span className={classes.name}>{t(`themes.${value}`)}</span>
          {value === colorScheme && <IconCheck size={16} />}
        </PopItem>
      ))}
    </PopMenu>
  );
}
