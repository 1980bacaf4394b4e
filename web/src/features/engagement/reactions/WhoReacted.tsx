import { Button, Skeleton } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { ReactionType } from "@/api/types";
import { Avatar } from "@/ui/Avatar";
import { Dialog } from "@/ui/Dialog";
import { ErrorMessage } from "@/ui/Message";
import { useFormats } from "@/ui/useFormats";
import { type Reactors, whoReactedQuery } from "./queries";
import { ReactionIcon } from "./ReactionIcon";
import classes from "./Reactions.module.css";
import { type ReactionCounts, ranked } from "./reacting";

interface WhoReactedProps {
  reactors: Reactors;
  counts: ReactionCounts;
  onClose: () => void;
}

/** Everybody who reacted, and with what. */
export default function WhoReacted({ reactors, counts, onClose }: WhoReactedProps) {
  const t = useTranslations("reactions");
  const { count: short } = useFormats();
  const [type, setType] = useState<ReactionType | null>(null);
  const given = ranked(counts);
  const total = given.reduce((sum, { count }) => sum + count, 0);
  return (
    <Dialog onClose={onClose} title={t("whoTitle")}>
      <fieldset className={classes.filters} aria-label={t("whoTitle")}>
        <button type="button" aria-pressed={type === null} onClick={() => setType(null)}>
          {t("all")} <span className="tabular">{short(total)}</span>
        </button>
        {given.map((one) => (
          <button
            key={one.type}
            type="button"
            aria-pressed={type === one.type}
            aria-label={`${t(`names.${one.type}`)} ${one.count}`}
            onClick={() => setType(one.type)}
          >
            <ReactionIcon type={one.type} />
            <span className="tabular">{short(one.count)}</span>
          </button>
        ))}
      </fieldset>
      <People key={type} reactors={reactors} type={type} />
    </Dialog>
  );
}

interface PeopleProps {
  reactors: Reactors;
  type: ReactionType | null;
}

function People({ reactors, type }: PeopleProps) {
  const t = useTranslations("reactions");
  const common = useTranslations("common");
  const query = useInfiniteQuery(whoReactedQuery(reactors, type));
  if (query.isPending) {
    return (
      <div className={classes.people} role="status" aria-label={common("loading")}>
        {[60, 45, 52].map((width) => (
          <div key={width} className={classes.who}>
            <Skeleton circle h={38} w={38} />
            <Skeleton h={12} w={`${width}%`} radius="xl" />
          </div>
        ))}
      </div>
    );
  }
  if (!query.data) {
    return <ErrorMessage error={query.error} heading={3} onRetry={() => void query.refetch()} />;
  }
  const found = query.data.pages.flatMap(({ items }) => items);
  return (
    <>
      <ul className={classes.people}>
        {found.map(({ person, type: given }) => (
          <li key={person.id} className={classes.who}>
            <span className={classes.pictured}>
              <Avatar person={person} size={38} />
              <ReactionIcon type={given} size={18} />
            </span>
            <span className={classes.name}>
              <Link to="/people/$username" params={{ username: person.username }}>
                <bdi>{person.display_name}</bdi>
              </Link>
              <span>@{person.username}</span>
            </span>
            <span className="visually-hidden">{t(`names.${given}`)}</span>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className={classes.nobody}>{t("nobody")}</p>}
      {query.hasNextPage && (
        <Button
          variant="default"
          fullWidth
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {common("showMore")}
        </Button>
      )}
    </>
  );
}
