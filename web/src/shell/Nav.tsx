import { useQuery } from "@tanstack/react-query";
import { Link, type LinkProps } from "@tanstack/react-router";
import type { ComponentType } from "react";
import { useTranslations } from "use-intl";
import type { Me } from "@/api/types";
import { categoriesQuery } from "@/features/library/queries";
import {
  IconAdjustmentsHorizontal,
  IconFolders,
  IconHistory,
  IconHome,
  IconListDetails,
  IconMail,
  IconPlaylist,
  IconSettings,
  IconUpload,
  IconUsers,
  IconVideo,
} from "@/ui/icons";
import classes from "./AppShell.module.css";

interface ItemProps {
  to: LinkProps["to"];
  icon: ComponentType<{ size?: number; stroke?: number }>;
  label: string;
  exact?: boolean;
}

function Item({ to, icon: Icon, label, exact = false }: ItemProps) {
  return (
    <Link to={to} className={classes.item} activeOptions={{ exact }}>
      <Icon size={21} stroke={1.6} />
      <span>{label}</span>
    </Link>
  );
}

interface NavProps {
  me: Me;
}

export function SideNav({ me }: NavProps) {
  const t = useTranslations("shell");
  const audit = useTranslations("audit");
  const lists = useTranslations("playlists");
  const history = useTranslations("history");
  const { data: categories } = useQuery(categoriesQuery());
  const shown = categories?.items.filter(({ is_active }) => is_active) ?? [];
  return (
    <nav className={classes.side} aria-label={t("mainNav")}>
      <Item to="/" icon={IconHome} label={t("home")} exact />
      {me.can_upload && <Item to="/upload" icon={IconUpload} label={t("upload")} />}
      <Item to="/my-videos" icon={IconVideo} label={t("myVideos")} />
      <Item to="/playlists" icon={IconPlaylist} label={lists("title")} />
      <Item to="/history" icon={IconHistory} label={history("title")} />
      {me.role !== "admin" && me.can_invite && (
        <Item to="/invitations" icon={IconMail} label={t("invite")} />
      )}
      {shown.length > 0 && <p className={classes.group}>{t("categories")}</p>}
      {shown.map(({ id, slug, name }) => (
        <Link
          key={id}
          to="/category/$slug"
          params={{ slug }}
          className={`${classes.item} ${classes.wideOnly}`}
        >
          <span className="clamp-1">{name}</span>
        </Link>
      ))}
      {me.role === "admin" && (
        <>
          <p className={classes.group}>{t("admin")}</p>
          <Item to="/admin/options" icon={IconAdjustmentsHorizontal} label={t("options")} />
          <Item to="/admin/members" icon={IconUsers} label={t("members")} />
          <Item to="/admin/invitations" icon={IconMail} label={t("invitations")} />
          <Item to="/admin/categories" icon={IconFolders} label={t("categories")} />
          <Item to="/admin/audit-log" icon={IconListDetails} label={audit("title")} />
        </>
      )}
    </nav>
  );
}

export function BottomNav({ me }: NavProps) {
  const t = useTranslations("shell");
  const lists = useTranslations("playlists");
  return (
    <nav className={classes.bottom} aria-label={t("mainNav")}>
      <Item to="/" icon={IconHome} label={t("home")} exact />
      {me.can_upload && <Item to="/upload" icon={IconUpload} label={t("upload")} />}
      <Item to="/my-videos" icon={IconVideo} label={t("myVideos")} />
      <Item to="/playlists" icon={IconPlaylist} label={lists("title")} />
      {me.role === "admin" && (
        <Item to="/admin" icon={IconAdjustmentsHorizontal} label={t("admin")} />
      )}
      <Item to="/account" icon={IconSettings} label={t("account")} />
    </nav>
  );
}
