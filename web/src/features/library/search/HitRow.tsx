import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import type { CaptionHit, VideoCard } from "@/api/types";
import { Avatar } from "@/ui/Avatar";
import { formatClock } from "@/ui/format";
import { IconQuote } from "@/ui/icons";
import { Thumbnail } from "@/ui/Thumbnail";
import { useFormats } from "@/ui/useFormats";
import { markWords } from "./marks";
import classes from "./SearchPage.module.css";

interface SaidProps {
  video: VideoCard;
  caption: CaptionHit;
  q: string;
}

/** What is said in the video, and a way to that second. */
function Said({ video, caption, q }: SaidProps) {
  const t = useTranslations("search");
  let start = 0;
  return (
    <Link
      className={classes.said}
      to="/watch/$videoId"
      params={{ videoId: video.id }}
      search={{ t: caption.start_seconds }}
    >
      <IconQuote size={18} stroke={1.6} />
      <span>
        <span className="tabular">{t("at", { time: formatClock(caption.start_seconds) })}</span>{" "}
        {t("openQuote")}
        <span lang={caption.language}>
          {markWords(caption.text, q).map(({ text, isMarked }) => {
            const key = start;
            start += text.length;
            return isMarked ? <mark key={key}>{text}</mark> : text;
          })}
        </span>
        {t("closeQuote")}
      </span>
    </Link>
  );
}

interface HitRowProps {
  video: VideoCard;
  caption: CaptionHit | null;
  q: string;
  eager: boolean;
}

/** One video that was found. */
export function HitRow({ video, caption, q, eager }: HitRowProps) {
  const t = useTranslations("library");
  const { ago, count } = useFormats();
  return (
    <article className={classes.hit}>
      <Thumbnail video={video} eager={eager} />
      <div className={classes.text}>
        <h2 className="clamp-2">
          <Link to="/watch/$videoId" params={{ videoId: video.id }}>
            {video.title}
          </Link>
        </h2>
        <p className={classes.meta}>
          {t("views", { count: video.view_count, shown: count(video.view_count) })} ·{" "}
          {ago(video.published_at ?? video.created_at)}
        </p>
        <p className={classes.person}>
          <Avatar person={video.uploaded_by} size={24} />
          <Link to="/people/$username" params={{ username: video.uploaded_by.username }}>
            {video.uploaded_by.display_name}
          </Link>
        </p>
        {caption && <Said video={video} caption={caption} q={q} />}
      </div>
    </article>
  );
}
