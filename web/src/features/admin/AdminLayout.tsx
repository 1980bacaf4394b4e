import { Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Outlet } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { meQuery } from "@/features/identity/queries";
import { IconLock } from "@/ui/icons";
import { Message } from "@/ui/Message";
import sections from "@/ui/Section.module.css";
import { TabLinks } from "@/ui/TabLinks";

export function AdminLayout() {
  const t = useTranslations("admin");
  const audit = useTranslations("audit");
  const authoring = useTranslations("authoring");
  const { data: me } = useQuery(meQuery());
  if (me?.role !== "admin") {
    return (
      <Message icon={IconLock} title={t("notAllowed")} heading={1}>
        {t("notAllowedHint")}
      </Message>
    );
  }
  return (
    <div className={sections.page} data-wide>
      <Title order={1} mt="sm">
        {t("title")}
      </Title>
      <TabLinks
        label={t("title")}
        items={[
          { to: "/admin/options", label: t("options") },
          { to: "/admin/members", label: t("members") },
          { to: "/admin/invitations", label: t("invitations") },
          { to: "/admin/categories", label: t("categories") },
          { to: "/admin/course-videos", label: authoring("unfinished.title") },
          { to: "/admin/stream-videos", label: t("streamVideos.title") },
          { to: "/admin/audit-log", label: audit("title") },
        ]}
      />
      <Outlet />
    </div>
  );
}
