import { ActionIcon, Menu, useMantineColorScheme } from "@mantine/core";
import { useTranslations } from "use-intl";
import type { Language } from "@/api/types";
import { useLanguage } from "@/i18n/Language";
import { IconCheck, IconDeviceDesktop, IconMoon, IconSun } from "@/ui/icons";

/** Languages are named in their own words. */
export const LANGUAGES: { value: Language; label: string }[] = [
  { value: "en", label: "English" },
  { value: "es", label: "Español" },
];

export function LanguageMenu() {
  const t = useTranslations("shell");
  const { language, setLanguage } = useLanguage();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t("language")} size="lg" fz="xs" fw={650}>
          {language.toUpperCase()}
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {LANGUAGES.map(({ value, label }) => (
          <Menu.Item
            key={value}
            lang={value}
            rightSection={value === language && <IconCheck size={16} />}
            onClick={() => setLanguage(value)}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
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
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t("theme")} size="lg">
          <Current size={20} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {SCHEMES.map(({ value, icon: Icon }) => (
          <Menu.Item
            key={value}
            leftSection={<Icon size={18} stroke={1.7} />}
            rightSection={value === colorScheme && <IconCheck size={16} />}
            onClick={() => setColorScheme(value)}
          >
            {t(`themes.${value}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
