import { useQuery } from "@tanstack/react-query";
import { Link, type LinkProps } from "@tanstack/react-router";
import type { ComponentType, ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { Me } from "@/api/types";
import { useIsMentioned, useUnreadCount } from "@/features/chat/unread";
import { categoriesQuery } from "@/features/library/queries";
import {
  IconAdjustmentsHorizontal,
  IconEyeOff,
  IconFolders,
  IconHistory,
  IconHome,
  IconListDetails,
  IconMail,
  IconMessageCircle,
  IconPlaylist,
  IconSchool,
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
  children?: ReactNode;
}

function Item({ to, icon: Icon, label, exact = false, children }: ItemProps) {
  return (
    <Link to={to} className={classes.item} activeOptions={{ exact }}>
      <Icon size={21} stroke={1.6} />
      <span>{label}</span>
      {children}
    </Link>
  );
}

/** With how many conversations have something new. */
function Messages() {
  const t = useTranslations("chat");
  const finding = useTranslations("finding");
  const count = useUnreadCount();
  const isMentioned = useIsMentioned();
  return (
    <Item to="/chat" icon={IconMessageCircle} label={t("title")}>
      {count > 0 && (
        <span className={classes.badge}>
          <span aria-hidden="true">{isMentioned ? `@ ${count}` : count}</span>
          <span className="visually-hidden">
            {t("waiting", { count })}
            {isMentioned && ` · ${finding("mentioned")}`}
          </span>
        </span>
      )}
    </Item>
  );
}

interface NavProps {
  me: Me;
}

export function SideNav({ me }: NavProps) {
  const t = useTranslations("shell");
  const courses = useTranslations("courses");
  const audit = useTranslations("audit");
  const authoring = useTranslations("authoring");
  const admin = useTranslations("admin");
  const lists = useTranslations("playlists");
  const history = useTranslations("history");
  const moderation = useTranslations("moderation");
  const { data: categories } = useQuery(categoriesQuery());
  const shown = categories?.items.filter(({ is_active }) => is_active) ?? [];
  return (
    <nav className={classes.side} aria-label={t("mainNav")}>
      <Item to="/" icon={IconHome} label={t("home")} exact />
      {me.can_upload && <Item to="/upload" icon={IconUpload} label={t("upload")} />}
      <Item to="/my-videos" icon={IconVideo} label={t("myVideos")} />
      <Item to="/courses" icon={IconSchool} label={courses("title")} />
      <Item to="/playlists" icon={IconPlaylist} label={lists("title")} />
      <Messages />
      <Item to="/history" icon={IconHistory} label={history("title")} />
      {me.role !== "member" && (
        <Item to="/moderation" icon={IconEyeOff} label={moderation("page")} />
      )}
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
          <Item to="/admin/course-videos" icon={IconSchool} label={authoring("unfinished.title")} />
          <Item to="/admin/stream-videos" icon={IconVideo} label={admin("streamVideos.title")} />
          <Item to="/admin/audit-log" icon={IconListDetails} label={audit("title")} />
        </>
      )}
    </nav>
  );
}

/** Where people go most; courses, account and administration are in the menu behind their picture. */
export function BottomNav({ me }: NavProps) {
  const t = useTranslations("shell");
  const lists = useTranslations("playlists");
  return (
    <nav className={classes.bottom} aria-label={t("mainNav")}>
      <Item to="/" icon={IconHome} label={t("home")} exact />
      {me.can_upload && <Item to="/upload" icon={IconUpload} label={t("upload")} />}
      <Item to="/my-videos" icon={IconVideo} label={t("myVideos")} />
      <Item to="/playlists" icon={IconPlaylist} label={lists("title")} />
      <Messages />
    </nav>
  );
}
