import { Anchor, Button, Skeleton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { ApiError } from "@/api/client";
import type { Video, VideoCard } from "@/api/types";
import { meQuery } from "@/features/identity/queries";
import { EditVideoModal } from "@/features/library/EditVideoModal";
import { QueuePanel } from "@/features/library/playlists/QueuePanel";
import { SaveButton } from "@/features/library/playlists/SaveButton";
import { moreVideosQuery, videoQuery } from "@/features/library/queries";
import { TagLinks } from "@/features/library/TagLinks";
import { AssetBadge, isBeingMade, useFollowedAsset } from "@/features/processing/AssetStatus";
import { Avatar } from "@/ui/Avatar";
import { DownloadButton } from "@/ui/DownloadButton";
import { IconMovieOff, IconPencil, IconSend2, IconShare3 } from "@/ui/icons";
import { ErrorMessage, Message } from "@/ui/Message";
import { usePageTitle } from "@/ui/page";
import { Thumbnail } from "@/ui/Thumbnail";
import { useFormats } from "@/ui/useFormats";
import { Comments } from "./comments/Comments";
import { playbackQuery } from "./queries";
import { ReactionBar } from "./reactions/ReactionBar";
import { ShareDialog } from "./ShareDialog";
import { Stage } from "./Stage";
import { TranscriptPanel } from "./transcript/TranscriptPanel";
import classes from "./WatchPage.module.css";

const ShareInMessage = lazy(() => import("@/features/chat/ShareInMessage"));

const LONG_DESCRIPTION = 220;
/** As in the style sheet: what stands beside the player, or else below it. */
const HAS_SIDE = "(min-width: 1100px)";

function About({ text }: { text: string }) {
  const t = useTranslations("watch");
  const isLong = text.length > LONG_DESCRIPTION || text.split("\n").length > 3;
  const [isFolded, setFolded] = useState(isLong);
  return (
    <div className={classes.about} data-folded={isFolded || undefined}>
      <p>{text}</p>
      {isLong && (
        <button
          type="button"
          className={classes.fold}
          aria-expanded={!isFolded}
          onClick={() => setFolded(!isFolded)}
        >
          {isFolded ? t("showAll") : t("showLess")}
        </button>
      )}
    </div>
  );
}

function Actions({ video }: { video: Video }) {
  const t = useTranslations("watch");
  const [isEditing, setEditing] = useState(false);
  const [isSharing, setSharing] = useState(false);
  const [isSending, setSending] = useState(false);
  const chat = useTranslations("chat.share");
  const { data: me } = useQuery(meQuery());
  const { data: playback } = useQuery({ ...playbackQuery(video.id), enabled: false });
  return (
    <div className={classes.actions}>
      {playback?.download_url && (
        <DownloadButton href={playback.download_url}>{t("download")}</DownloadButton>
      )}
      <Button
        variant="default"
        radius="xl"
        leftSection={<IconShare3 size={18} />}
        onClick={() => setSharing(true)}
      >
        {t("share.title")}
      </Button>
      {me && video.published && (
        <Button
          variant="default"
          radius="xl"
          leftSection={<IconSend2 size={18} />}
          onClick={() => setSending(true)}
        >
          {chat("title")}
        </Button>
      )}
      <SaveButton videoId={video.id} />
      {video.can_edit && (
        <Button
          variant="default"
          radius="xl"
          leftSection={<IconPencil size={18} />}
          onClick={() => setEditing(true)}
        >
          {t("edit")}
        </Button>
      )}
      {me && isSending && (
        <Suspense>
          <ShareInMessage video={video} me={me} onClose={() => setSending(false)} />
        </Suspense>
      )}
      {isSharing && <ShareDialog video={video} onClose={() => setSharing(false)} />}
      {isEditing && <EditVideoModal video={video} onClose={() => setEditing(false)} />}
    </div>
  );
}

function Facts({ video }: { video: Video }) {
  const t = useTranslations("library");
  const { count, ago } = useFormats();
  const asset = useFollowedAsset(video.asset);
  return (
    <div className={classes.facts}>
      <span>{t("views", { count: video.view_count, shown: count(video.view_count) })}</span>
      <span aria-hidden="true">·</span>
      <span>{ago(video.published_at ?? video.created_at)}</span>
      {video.category && (
        <>
          <span aria-hidden="true">·</span>
          <Anchor component={Link} to={`/category/${video.category.slug}`} inherit>
            {video.category.name}
          </Anchor>
        </>
      )}
      {!video.published && <span>· {t("draft")}</span>}
      {isBeingMade(asset) && <AssetBadge asset={asset} />}
    </div>
  );
}

function SmallTile({ video }: { video: VideoCard }) {
  const t = useTranslations("library");
  const { count } = useFormats();
  return (
    <article className={classes.small}>
      <Thumbnail video={video} />
      <div>
        <h3 className="clamp-2">
          <Link to="/watch/$videoId" params={{ videoId: video.id }}>
            {video.title}
          </Link>
        </h3>
        <p>
          <Link
            to="/people/$username"
            params={{ username: video.uploaded_by.username }}
            className={classes.by}
          >
            {video.uploaded_by.display_name}
          </Link>
          <br />
          {t("views", { count: video.view_count, shown: count(video.view_count) })}
        </p>
      </div>
    </article>
  );
}

function More({ video }: { video: Video }) {
  const t = useTranslations("watch");
  const { data: related } = useQuery(moreVideosQuery(video.category?.slug));
  const others = related?.items.filter(({ id }) => id !== video.id) ?? [];
  const isFew = related !== undefined && others.length < 4;
  const { data: newest } = useQuery({ ...moreVideosQuery(undefined), enabled: isFew });
  const known = new Set([video.id, ...others.map(({ id }) => id)]);
  const rest = isFew ? (newest?.items.filter(({ id }) => !known.has(id)) ?? []) : [];
  const shown = [...others, ...rest].slice(0, 12);
  if (shown.length === 0) return <aside />;
  return (
    <aside className={classes.side} aria-label={t("more")}>
      <h2>{t("more")}</h2>
      <ul className={classes.list}>
        {shown.map((item) => (
          <li key={item.id}>
            <SmallTile video={item} />
          </li>
        ))}
      </ul>
    </aside>
  );
}

function Loading() {
  const t = useTranslations("watch");
  return (
    <div role="status" aria-label={t("loading")}>
      <Skeleton h={26} w="60%" mt={18} radius="xl" />
      <Skeleton h={14} w="30%" mt={12} radius="xl" />
    </div>
  );
}

interface BesideProps {
  video: Video;
  hasSide: boolean;
}

interface TranscriptProps {
  videoId: string;
  isOpenAtFirst: boolean;
}

function Transcript({ videoId, isOpenAtFirst }: TranscriptProps) {
  // The player asks; this only listens.
  const { data: playback } = useQuery({ ...playbackQuery(videoId), enabled: false });
  return <TranscriptPanel playback={playback} isOpenAtFirst={isOpenAtFirst} />;
}

/** Everything about the video below its picture. */
function Beside({ video, hasSide }: BesideProps) {
  return (
    <>
      <h1 className={classes.title}>{video.title}</h1>
      <Facts video={video} />
      <TagLinks tags={video.tags} />
      <div className={classes.line}>
        <div className={classes.person}>
          <Avatar person={video.uploaded_by} size={42} />
          <Link
            to="/people/$username"
            params={{ username: video.uploaded_by.username }}
            className={`${classes.name} clamp-1`}
          >
            {video.uploaded_by.display_name}
          </Link>
        </div>
        <Actions video={video} />
      </div>
      <ReactionBar video={video} />
      {!hasSide && <Transcript videoId={video.id} isOpenAtFirst={false} />}
      {video.description && <About text={video.description} />}
      <Comments video={video} />
    </>
  );
}

interface WatchPageProps {
  videoId: string;
  /** The playlist that is played through. */
  listId?: string;
}

export function WatchPage({ videoId, listId }: WatchPageProps) {
  const t = useTranslations("watch");
  const { data: video, error, refetch } = useQuery(videoQuery(videoId));
  const hasSide = useMediaQuery(HAS_SIDE, false, { getInitialValueInEffect: false });
  const isUnknown = error instanceof ApiError && (error.status === 404 || error.status === 422);
  usePageTitle(video?.title ?? (isUnknown ? t("unknown") : undefined));
  if (isUnknown) {
    return (
      <Message
        icon={IconMovieOff}
        title={t("unknown")}
        heading={1}
        actions={
          <Button component={Link} to="/">
            {t("toHome")}
          </Button>
        }
      >
        {t("unknownHint")}
      </Message>
    );
  }
  if (error && !video) {
    return <ErrorMessage error={error} heading={1} onRetry={() => void refetch()} />;
  }
  return (
    <div className={classes.page}>
      <article>
        {/* One and the same for every video: full screen lasts from one to the next. */}
        <Stage video={video} listId={listId} />
        {video ? <Beside key={video.id} video={video} hasSide={hasSide} /> : <Loading />}
      </article>
      <div>
        {listId && <QueuePanel playlistId={listId} videoId={videoId} />}
        {hasSide && <Transcript key={videoId} videoId={videoId} isOpenAtFirst />}
        {video && <More video={video} />}
      </div>
    </div>
  );
}
