import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, type LinkProps, useNavigate } from "@tanstack/react-router";
import { type ComponentType, type KeyboardEvent, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useTranslations } from "use-intl";
import type { Me } from "@/api/types";
import { nowPlaying } from "@/features/engagement/nowPlaying";
import { forgetUnreported, sendUnreported } from "@/features/engagement/unreported";
import { meQuery, signOut } from "@/features/identity/queries";
import { uploads } from "@/features/uploads/uploads";
import { Avatar } from "@/ui/Avatar";
import { useErrorText } from "@/ui/errors";
import {
  IconAdjustmentsHorizontal,
  IconEyeOff,
  IconHistory,
  IconLogout,
  IconMail,
  IconSchool,
  IconSettings,
  IconVideo,
} from "@/ui/icons";
import { toastError } from "@/ui/toasts";
import classes from "./AccountMenu.module.css";

/** Leaves nothing of the person on the page. */
function useSignOut({ id }: Me) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const text = useErrorText();
  return useMutation({
    mutationFn: async () => {
      // What has been watched is told first, while there is somebody to tell it of.
      flushSync(() => nowPlaying.close());
      await sendUnreported(id);
      await signOut();
      forgetUnreported(id);
    },
    onSuccess: async () => {
      uploads.clear();
      queries.clear();
      queries.setQueryData(meQuery().queryKey, null);
      await navigate({ to: "/sign-in" });
    },
    onError: (error) => toastError(text(error)),
  });
}

const itemsOf = (menu: HTMLElement) => [...menu.querySelectorAll<HTMLElement>("[role=menuitem]")];

/** Up and down go round; Home and End go to the ends. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const items = itemsOf(event.currentTarget);
  const at = items.indexOf(document.activeElement as HTMLElement);
  const next = {
    ArrowDown: items[(at + 1) % items.length],
    ArrowUp: items[(at - 1 + items.length) % items.length],
    Home: items[0],
    End: items.at(-1),
  }[event.key];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

interface EntryProps {
  to: LinkProps["to"];
  icon: ComponentType<{ size?: number; stroke?: number }>;
  label: string;
}

function Entry({ to, icon: Icon, label }: EntryProps) {
  return (
    <Link to={to} role="menuitem" className={classes.item}>
      <Icon size={19} stroke={1.6} />
      {label}
    </Link>
  );
}

interface AccountMenuProps {
  me: Me;
}

/** The browser's own popover: it closes on Escape and on a click beside it, and weighs nothing. */
export function AccountMenu({ me }: AccountMenuProps) {
  const t = useTranslations("shell");
  const courses = useTranslations("courses");
  const history = useTranslations("history");
  const moderation = useTranslations("moderation");
  const leave = useSignOut(me);
  const menu = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  const opened = (open: boolean) => {
    setOpen(open);
    if (open && menu.current) itemsOf(menu.current)[0]?.focus();
  };
  return (
    <>
      <button
        type="button"
        className={classes.button}
        popoverTarget="account-menu"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-label={t("accountMenu")}
      >
        <Avatar person={me} size={36} />
      </button>
      <div
        ref={menu}
        id="account-menu"
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={t("accountMenu")}
        className={classes.menu}
        onToggle={(event) => opened(event.newState === "open")}
        onKeyDown={walk}
        onClick={() => menu.current?.hidePopover()}
      >
        <div className={classes.person}>
          <b className="clamp-1">{me.display_name}</b>
          <span>@{me.username}</span>
        </div>
        <hr />
        <Entry to="/courses" icon={IconSchool} label={courses("title")} />
        <Entry to="/my-videos" icon={IconVideo} label={t("myVideos")} />
        <Entry to="/history" icon={IconHistory} label={history("title")} />
        {me.role !== "member" && (
          <Entry to="/moderation" icon={IconEyeOff} label={moderation("page")} />
        )}
        <Entry to="/account" icon={IconSettings} label={t("account")} />
        {me.role !== "admin" && me.can_invite && (
          <Entry to="/invitations" icon={IconMail} label={t("invite")} />
        )}
        {me.role === "admin" && (
          <Entry to="/admin" icon={IconAdjustmentsHorizontal} label={t("admin")} />
        )}
        <hr />
        <button
          type="button"
          role="menuitem"
          className={classes.item}
          onClick={() => leave.mutate()}
        >
          <IconLogout size={19} stroke={1.6} />
          {t("signOut")}
        </button>
      </div>
    </>
  );
}
