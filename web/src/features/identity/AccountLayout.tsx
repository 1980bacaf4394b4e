import { Title } from "@mantine/core";
import { Outlet } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import sections from "@/ui/Section.module.css";
import { TabLinks } from "@/ui/TabLinks";

export function AccountLayout() {
  const t = useTranslations("account");
  return (
    <div className={sections.page}>
      <Title order={1} mt="sm">
        {t("title")}
      </Title>
      <TabLinks
        label={t("title")}
        items={[
          { to: "/account", label: t("profile") },
          { to: "/account/security", label: t("security") },
          { to: "/account/tokens", label: t("tokens") },
        ]}
      />
      <Outlet />
    </div>
  );
}
