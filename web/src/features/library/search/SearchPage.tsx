import { Button, Skeleton } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { IconSearch, IconZoomQuestion } from "@/ui/icons";
import { ErrorMessage, Message } from "@/ui/Message";
import { usePageTitle } from "@/ui/page";
import { HitRow } from "./HitRow";
import { type Search, searchQuery } from "./queries";
import { SearchFilters } from "./SearchFilters";
import classes from "./SearchPage.module.css";

const PLACES = ["a", "b", "c", "d"];

function HitSkeletons() {
  const t = useTranslations("common");
  return (
    <div className={classes.hits} role="status" aria-label={t("loading")}>
      {PLACES.map((place) => (
        <div key={place} className={classes.hit} aria-hidden="true">
          <Skeleton radius={12} style={{ aspectRatio: "16 / 9", height: "auto" }} />
          <div>
            <Skeleton h={16} w="70%" radius="xl" />
            <Skeleton h={12} mt={10} w="35%" radius="xl" />
            <Skeleton h={12} mt={16} w="25%" radius="xl" />
          </div>
        </div>
      ))}
    </div>
  );
}

interface ResultsProps {
  search: Search & { q: string };
}

function NothingFound({ search }: ResultsProps) {
  const t = useTranslations("search");
  const { q, ...filters } = search;
  const isFiltered = Object.keys(filters).length > 0;
  return (
    <Message
      icon={IconZoomQuestion}
      title={t("nothing", { q })}
      actions={
        isFiltered && (
          <Button
            renderRoot={(props) => <Link to="/search" search={{ q }} {...props} />}
            variant="default"
          >
            {t("withoutFilters")}
          </Button>
        )
      }
    >
      {isFiltered ? t("nothingFilteredHint") : t("nothingHint")}
    </Message>
  );
}

function Results({ search }: ResultsProps) {
  const t = useTranslations("common");
  const words = useTranslations("search");
  const query = useInfiniteQuery(searchQuery(search));
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = query;
  if (error && !query.isFetching) {
    return <ErrorMessage error={error} onRetry={() => void refetch()} />;
  }
  if (!data) return <HitSkeletons />;
  const hits = data.pages.flatMap(({ items }) => items);
  const isOld = query.isPlaceholderData;
  return (
    <>
      <p className="visually-hidden" role="status">
        {!isOld && words("found", { count: hits.length, more: hasNextPage ? "yes" : "no" })}
      </p>
      {hits.length === 0 ? (
        <NothingFound search={search} />
      ) : (
        <ul className={classes.hits} data-old={isOld || undefined}>
          {hits.map(({ video, caption }, at) => (
            <li key={video.id}>
              <HitRow video={video} caption={caption} q={search.q} eager={at < 4} />
            </li>
          ))}
        </ul>
      )}
      {hasNextPage && (
        <div className={classes.more}>
          <Button
            variant="default"
            loading={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            {t("showMore")}
          </Button>
        </div>
      )}
    </>
  );
}

interface SearchPageProps {
  search: Search;
}

/** What was found for the words and filters of the address. */
export function SearchPage({ search }: SearchPageProps) {
  const t = useTranslations("search");
  const { q } = search;
  usePageTitle(q ? t("resultsFor", { q }) : t("label"));
  if (!q) {
    return (
      <Message icon={IconSearch} title={t("emptyTitle")} heading={1}>
        {t("emptyHint")}
      </Message>
    );
  }
  return (
    <div className={classes.page}>
      <h1 className={classes.title}>{t("resultsFor", { q })}</h1>
      <SearchFilters search={search} />
      <Results search={{ ...search, q }} />
    </div>
  );
}
