import { ActionIcon, Badge, Menu } from "@mantine/core";
import type { ComponentProps, CSSProperties, KeyboardEvent } from "react";
import { useTranslations } from "use-intl";
import type { Category } from "@/api/types";
import { placeAfterKey } from "@/features/library/playlists/order";
import { IconDotsVertical, IconFolder, IconGripVertical } from "@/ui/icons";
import sections from "@/ui/Section.module.css";
import classes from "./Categories.module.css";

export const HINT_ID = "how-to-move-categories";

interface RowProps {
  category: Category;
  at: number;
  count: number;
  isDragged: boolean;
  shift: number;
  handle: ComponentProps<"button">;
  onMove: (to: number) => void;
  onCancel: () => void;
  onTurn: () => void;
  onEdit: () => void;
  onDelete: () => void;
}

/** One category: what it holds, its place, and what may be done with it. */
export function CategoryRow(props: RowProps) {
  const { category, at, count, isDragged, shift, handle, onMove, onCancel } = props;
  const t = useTranslations("admin");
  const { name, is_active, video_count, description, image_url } = category;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") onCancel();
    const to = placeAfterKey(event.key, at, count);
    if (to === null) return;
    event.preventDefault();
    if (to !== at) onMove(to);
  };
  const style: CSSProperties | undefined = shift
    ? { transform: `translateY(${shift}px)` }
    : undefined;
  return (
    <li className={classes.row} style={style} data-dragged={isDragged || undefined}>
      <button
        type="button"
        className={classes.handle}
        aria-label={t("moveHandle", { name })}
        aria-describedby={HINT_ID}
        onKeyDown={onKeyDown}
        {...handle}
      >
        <IconGripVertical size={20} stroke={1.7} />
      </button>
      <span className={classes.picture}>
        {image_url ? <img src={image_url} alt="" /> : <IconFolder size={22} stroke={1.4} />}
      </span>
      <div className={sections.words}>
        <p className={sections.name}>
          {name}{" "}
          {!is_active && (
            <Badge color="gray" variant="light" tt="none">
              {t("hidden")}
            </Badge>
          )}
        </p>
        <p className={`${sections.note} clamp-2`}>
          {t("videoCount", { count: video_count })}
          {description && ` · ${description}`}
        </p>
      </div>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t("actionsFor", { name })}>
            <IconDotsVertical size={20} stroke={1.7} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={props.onEdit}>{t("edit")}</Menu.Item>
          {at > 0 && <Menu.Item onClick={() => onMove(at - 1)}>{t("moveUp")}</Menu.Item>}
          {at < count - 1 && <Menu.Item onClick={() => onMove(at + 1)}>{t("moveDown")}</Menu.Item>}
          <Menu.Item onClick={props.onTurn}>{is_active ? t("hide") : t("show")}</Menu.Item>
          <Menu.Item c="var(--mantine-color-error)" onClick={props.onDelete}>
            {t("delete")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}
