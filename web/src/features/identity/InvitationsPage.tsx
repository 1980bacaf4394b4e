import { Title } from "@mantine/core";
import { useTranslations } from "use-intl";
import sections from "@/ui/Section.module.css";
import { InvitationsPanel } from "./InvitationsPanel";

/** For members who may invite; admins find the same among their pages. */
export function InvitationsPage() {
  const t = useTranslations("invitations");
  return (
    <div className={sections.page}>
      <Title order={1} my="sm">
        {t("invitePeople")}
      </Title>
      <InvitationsPanel />
    </div>
  );
}
