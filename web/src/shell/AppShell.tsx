import { Button } from "@mantine/core";
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link, Outlet, useMatchRoute } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { IntlProvider, useLocale, useTranslations } from "use-intl";
import { useUnread } from "@/features/chat/unread";
import { useMentionToasts } from "@/features/engagement/comments/useMentionToasts";
import { useNowPlaying } from "@/features/engagement/nowPlaying";
import { useUnreported } from "@/features/engagement/useUnreported";
import { meQuery, siteQuery } from "@/features/identity/queries";
import { SearchBox } from "@/features/library/search/SearchBox";
import { DropAnywhere } from "@/features/uploads/DropAnywhere";
import { setLimits } from "@/features/uploads/limits";
import { useUploads } from "@/features/uploads/uploads";
import { useUnfinishedUploads } from "@/features/uploads/useUnfinished";
import { useLiveConnection } from "@/realtime/live";
import { IconUpload, IconWifiOff } from "@/ui/icons";
import { Logo } from "@/ui/Logo";
import { MAIN_ID } from "@/ui/page";
import { AccountMenu } from "./AccountMenu";
import classes from "./AppShell.module.css";
import { BottomNav, SideNav } from "./Nav";
import { useOwnPreferences } from "./useOwnPreferences";

const PlayerHost = lazy(() => import("@/features/engagement/PlayerHost"));
const UploadTray = lazy(() => import("@/features/uploads/UploadTray"));

const OFFLINE_NOTICE_AFTER_MS = 4000;

/**
 * Says so when the live connection stays away; short breaks are nobody's business. Once it is back,
 * what was watched meanwhile is sent.
 */
function OfflineNotice() {
  const t = useTranslations("shell");
  const { data: me } = useQuery(meQuery());
  const status = useLiveConnection(me?.live_seq ?? null);
  useUnreported(me, status === "open");
  useUnread(me, status === "open");
  const [isLong, setLong] = useState(false);
  const isAway = status !== "open";
  useEffect(() => {
    setLong(false);
    if (!isAway) return;
    const timer = setTimeout(() => setLong(true), OFFLINE_NOTICE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [isAway]);
  return (
    <div role="status">
      {isAway && isLong && (
        <span className={classes.offline}>
          <IconWifiOff size={16} /> {t("reconnecting")}
        </span>
      )}
    </div>
  );
}

function Header() {
  const t = useTranslations("shell");
  const { data: site } = useSuspenseQuery(siteQuery());
  const { data: me } = useQuery(meQuery());
  return (
    <header className={classes.header}>
      <div className={classes.start}>
        <Link to="/" className={classes.brand}>
          {site.logo_url ? <img src={site.logo_url} alt="" /> : <Logo />}
          <span>{site.name}</span>
        </Link>
      </div>
      {me && <SearchBox />}
      <div className={classes.end}>
        <OfflineNotice />
        {/* On a phone the bar at the bottom has it. */}
        {me?.can_upload && (
          <Button
            component={Link}
            to="/upload"
            leftSection={<IconUpload size={18} />}
            visibleFrom="sm"
            radius="xl"
          >
            {t("upload")}
          </Button>
        )}
        {me && <AccountMenu me={me} />}
      </div>
    </header>
  );
}

/** What surrounds every page of someone who is signed in. */
export function AppShell() {
  const t = useTranslations("shell");
  const { data: me } = useQuery(meQuery());
  const language = useLocale();
  const matches = useMatchRoute();
  const isWatching = Boolean(
    matches({ to: "/watch/$videoId" }) || matches({ to: "/courses/$slug/$lessonId" }),
  );
  useOwnPreferences(me ?? null);
  useUnfinishedUploads();
  useMentionToasts();
  const playing = useNowPlaying();
  const hasUploads = useUploads().length > 0;
  const { data: site } = useSuspenseQuery(siteQuery());
  useEffect(() => setLimits(site), [site]);
  return (
    <IntlProvider locale={language} timeZone={me?.time_zone || undefined}>
      <a className="skip-link" href={`#${MAIN_ID}`}>
        {t("skip")}
      </a>
      <div className={classes.shell} data-rail={isWatching || undefined}>
        <Header />
        {me && <SideNav me={me} />}
        <main id={MAIN_ID} tabIndex={-1} className={classes.main}>
          <Outlet />
          {playing && !playing.stage && <div className={classes.behindMini} />}
        </main>
        {me && <BottomNav me={me} />}
      </div>
      {me && <DropAnywhere mayUpload={me.can_upload} />}
      {me && playing && (
        <Suspense>
          <PlayerHost isAside={hasUploads} />
        </Suspense>
      )}
      {hasUploads && (
        <Suspense>
          <UploadTray />
        </Suspense>
      )}
    </IntlProvider>
  );
}
