import { Button, Title } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import grid from "@/features/library/Grid.module.css";
import { TileSkeleton } from "@/features/library/VideoGrid";
import { IconSchool } from "@/ui/icons";
import { ErrorMessage, Message } from "@/ui/Message";
import { usePageTitle } from "@/ui/page";
import { TabLinks } from "@/ui/TabLinks";
import { CourseCard } from "./CourseCard";
import { type CourseScope, coursesQuery } from "./queries";

const PLACES = ["a", "b", "c", "d"];

type Shown = Extract<CourseScope, "all" | "enrolled">;

function Nothing({ scope }: { scope: Shown }) {
  const t = useTranslations("courses");
  if (scope === "all") {
    return (
      <Message icon={IconSchool} title={t("emptyAll")}>
        {t("emptyAllHint")}
      </Message>
    );
  }
  return (
    <Message
      icon={IconSchool}
      title={t("emptyMine")}
      actions={
        <Button component={Link} to="/courses">
          {t("findOne")}
        </Button>
      }
    >
      {t("emptyMineHint")}
    </Message>
  );
}

function Courses({ scope }: { scope: Shown }) {
  const common = useTranslations("common");
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    coursesQuery(scope),
  );
  if (error && !data) return <ErrorMessage error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <div className={grid.grid} role="status" aria-label={common("loading")}>
        {PLACES.map((place) => (
          <TileSkeleton key={place} />
        ))}
      </div>
    );
  }
  const courses = data.pages.flatMap(({ items }) => items);
  if (courses.length === 0) return <Nothing scope={scope} />;
  return (
    <>
      <ul className={grid.grid}>
        {courses.map((course, at) => (
          <li key={course.id}>
            <CourseCard course={course} eager={at < 4} />
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <div className={grid.more}>
          <Button
            variant="default"
            loading={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            {common("showMore")}
          </Button>
        </div>
      )}
    </>
  );
}

/** All courses that are published, or those that one takes. */
export function CataloguePage({ scope }: { scope: Shown }) {
  const t = useTranslations("courses");
  usePageTitle(t("title"));
  return (
    <>
      <Title order={1} mt={12}>
        {t("title")}
      </Title>
      <TabLinks
        label={t("parts")}
        items={[
          { to: "/courses", label: t("all") },
          { to: "/courses", search: { show: "mine" }, label: t("mine") },
        ]}
      />
      <Courses key={scope} scope={scope} />
    </>
  );
}
