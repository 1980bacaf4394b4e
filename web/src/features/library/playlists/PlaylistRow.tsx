import { Link } from "@tanstack/react-router";
import type { ComponentProps, CSSProperties, KeyboardEvent } from "react";
import { useTranslations } from "use-intl";
import type { VideoCard } from "@/api/types";
import {
  IconArrowBarToUp,
  IconArrowDown,
  IconArrowUp,
  IconDotsVertical,
  IconGripVertical,
  IconTrash,
} from "@/ui/icons";
import { PopItem, PopMenu } from "@/ui/PopMenu";
import { Thumbnail } from "@/ui/Thumbnail";
import { useFormats } from "@/ui/useFormats";
import { placeAfterKey } from "./order";
import classes from "./PlaylistPage.module.css";

export const HINT_ID = "how-to-move";

interface PlaylistRowProps {
  playlistId: string;
  video: VideoCard;
  at: number;
  count: number;
  canEdit: boolean;
  isDragged: boolean;
  shift: number;
  handle: ComponentProps<"button">;
  onMove: (to: number) => void;
  onRemove: () => void;
  onCancel: () => void;
}

/** One video of a playlist, with what its owner may do to its place. */
export function PlaylistRow(props: PlaylistRowProps) {
  const { playlistId, video, at, count, canEdit, isDragged, shift, handle } = props;
  const t = useTranslations("playlists");
  const library = useTranslations("library");
  const format = useFormats();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") props.onCancel();
    const to = placeAfterKey(event.key, at, count);
    if (to === null) return;
    event.preventDefault();
    props.onMove(to);
  };
  const style: CSSProperties | undefined = shift
    ? { transform: `translateY(${shift}px)` }
    : undefined;
  return (
    <li
      className={classes.row}
      style={style}
      data-dragged={isDragged || undefined}
      data-editable={canEdit || undefined}
    >
      {canEdit && (
        <button
          type="button"
          className={classes.handle}
          aria-label={t("moveHandle", { title: video.title })}
          aria-describedby={HINT_ID}
          onKeyDown={onKeyDown}
          {...handle}
        >
          <IconGripVertical size={20} stroke={1.7} />
        </button>
      )}
      <span className={`${classes.number} tabular`}>{at + 1}</span>
      <Thumbnail video={video} />
      <div className={classes.text}>
        <h2 className="clamp-2">
          <Link to="/watch/$videoId" params={{ videoId: video.id }} search={{ list: playlistId }}>
            {video.title}
          </Link>
        </h2>
        <p>
          <span>{video.uploaded_by.display_name}</span>
          <span>
            {library("views", { count: video.view_count, shown: format.count(video.view_count) })}
          </span>
        </p>
      </div>
      {canEdit && (
        <PopMenu
          className={classes.more}
          label={t("moreOf", { title: video.title })}
          icon={<IconDotsVertical size={19} stroke={1.7} />}
        >
          {at > 0 && (
            <>
              <PopItem icon={IconArrowUp} onClick={() => props.onMove(at - 1)}>
                {t("moveUp")}
              </PopItem>
              <PopItem icon={IconArrowBarToUp} onClick={() => props.onMove(0)}>
                {t("moveFirst")}
              </PopItem>
            </>
          )}
          {at < count - 1 && (
            <PopItem icon={IconArrowDown} onClick={() => props.onMove(at + 1)}>
              {t("moveDown")}
            </PopItem>
          )}
          <PopItem icon={IconTrash} onClick={props.onRemove}>
            {t("remove")}
          </PopItem>
        </PopMenu>
      )}
    </li>
  );
}
