import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import classes from "./TagLinks.module.css";

interface TagLinksProps {
  tags: readonly string[];
}

/** The tags of a video, each leading to all videos that have it. */
export function TagLinks({ tags }: TagLinksProps) {
  const t = useTranslations("library");
  if (tags.length === 0) return null;
  return (
    <ul className={classes.tags} aria-label={t("tags")}>
      {tags.map((tag) => (
        <li key={tag}>
          <Link to="/tag/$tag" params={{ tag }}>
            #{tag}
          </Link>
        </li>
      ))}
    </ul>
  );
}
