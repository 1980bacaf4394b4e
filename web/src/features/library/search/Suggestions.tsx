import { Link, linkOptions } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslations } from "use-intl";
import type { Suggestion } from "@/api/types";
import { IconFolder, IconHash, IconUser, IconVideo } from "@/ui/icons";
import classes from "./SearchBox.module.css";

const ICONS = { video: IconVideo, category: IconFolder, tag: IconHash, person: IconUser };

function linkTo({ kind, target }: Suggestion) {
  switch (kind) {
    case "video":
      return linkOptions({ to: "/watch/$videoId", params: { videoId: target } });
    case "category":
      return linkOptions({ to: "/category/$slug", params: { slug: target } });
    case "tag":
      return linkOptions({ to: "/tag/$tag", params: { tag: target } });
    case "person":
      return linkOptions({ to: "/people/$username", params: { username: target } });
  }
}

/** The id of an option, to say which one the arrows are on. */
export const optionId = (listId: string, at: number): string => `${listId}-${at}`;

interface SuggestionsProps {
  id: string;
  /** None, and the list is hidden. */
  items: readonly Suggestion[];
  active: number;
  onChoose: () => void;
}

/** The list below the search box; the keyboard stays in the box. */
export function Suggestions({ id, items, active, onChoose }: SuggestionsProps) {
  const t = useTranslations("search");
  useEffect(() => {
    document.getElementById(optionId(id, active))?.scrollIntoView({ block: "nearest" });
  }, [id, active]);
  return (
    <div
      id={id}
      className={classes.list}
      role="listbox"
      aria-label={t("suggestions")}
      hidden={items.length === 0}
    >
      {items.map((suggestion, at) => {
        const Icon = ICONS[suggestion.kind];
        return (
          <Link
            key={`${suggestion.kind} ${suggestion.target}`}
            id={optionId(id, at)}
            role="option"
            tabIndex={-1}
            aria-selected={at === active}
            className={classes.option}
            preload={false}
            onMouseDown={(event) => event.preventDefault()}
            onClick={onChoose}
            {...linkTo(suggestion)}
          >
            <Icon size={19} stroke={1.6} />
            <span className="clamp-1">{suggestion.text}</span>
            <span className={classes.kind}>{t(`kinds.${suggestion.kind}`)}</span>
          </Link>
        );
      })}
    </div>
  );
}
