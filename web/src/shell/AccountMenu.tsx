import { Menu, Text, UnstyledButton } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import type { Me } from "@/api/types";
import { meQuery, signOut } from "@/features/identity/queries";
import { uploads } from "@/features/uploads/uploads";
import { Avatar } from "@/ui/Avatar";
import {
  IconAdjustmentsHorizontal,
  IconLogout,
  IconMail,
  IconSettings,
  IconVideo,
} from "@/ui/icons";

interface AccountMenuProps {
  me: Me;
}

/** Leaves nothing of the person on the page. */
function useSignOut() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      uploads.clear();
      queries.clear();
      queries.setQueryData(meQuery().queryKey, null);
      await navigate({ to: "/sign-in" });
    },
  });
}

export function AccountMenu({ me }: AccountMenuProps) {
  const t = useTranslations("shell");
  const leave = useSignOut();
  return (
    <Menu position="bottom-end" width={248}>
      <Menu.Target>
        <UnstyledButton aria-label={t("accountMenu")} style={{ borderRadius: 999 }}>
          <Avatar person={me} size={36} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div style={{ padding: "8px 12px 10px" }}>
          <Text fw={600} size="sm" truncate>
            {me.display_name}
          </Text>
          <Text c="dimmed" size="xs" truncate>
            @{me.username}
          </Text>
        </div>
        <Menu.Divider />
        <Menu.Item component={Link} to="/my-videos" leftSection={<IconVideo size={18} />}>
          {t("myVideos")}
        </Menu.Item>
        <Menu.Item component={Link} to="/account" leftSection={<IconSettings size={18} />}>
          {t("account")}
        </Menu.Item>
        {me.role !== "admin" && me.can_invite && (
          <Menu.Item component={Link} to="/invitations" leftSection={<IconMail size={18} />}>
            {t("invite")}
          </Menu.Item>
        )}
        {me.role === "admin" && (
          <Menu.Item
            component={Link}
            to="/admin"
            leftSection={<IconAdjustmentsHorizontal size={18} />}
          >
            {t("admin")}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={18} />} onClick={() => leave.mutate()}>
          {t("signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
