import { Button, Group, Title } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { meQuery } from "@/features/identity/queries";
import grid from "@/features/library/Grid.module.css";
import { TileSkeleton } from "@/features/library/VideoGrid";
import { IconPlus, IconSchool } from "@/ui/icons";
import { ErrorMessage, Message } from "@/ui/Message";
import { usePageTitle } from "@/ui/page";
import { TabLinks } from "@/ui/TabLinks";
import { CourseCard } from "./CourseCard";
import { type CourseScope, coursesQuery } from "./queries";

const PLACES = ["a", "b", "c", "d"];

function Nothing({ scope }: { scope: CourseScope }) {
  const t = useTranslations("courses");
  const authoring = useTranslations("authoring");
  if (scope === "all") {
    return (
      <Message icon={IconSchool} title={t("emptyAll")}>
        {t("emptyAllHint")}
      </Message>
    );
  }
  if (scope === "teaching") {
    return (
      <Message icon={IconSchool} title={authoring("emptyTeaching")}>
        {authoring("emptyTeachingHint")}
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

function Courses({ scope }: { scope: CourseScope }) {
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

/** All courses that are published, those that one takes, or those that one may edit. */
export function CataloguePage({ scope }: { scope: CourseScope }) {
  const t = useTranslations("courses");
  const authoring = useTranslations("authoring");
  usePageTitle(t("title"));
  const { data: me } = useQuery(meQuery());
  const { data: edited } = useInfiniteQuery(coursesQuery("teaching"));
  const canEdit = scope === "teaching" || (edited?.pages[0]?.items.length ?? 0) > 0;
  return (
    <>
      <Group justify="space-between" mt={12}>
        <Title order={1}>{t("title")}</Title>
        {me?.role === "admin" && (
          <Button component={Link} to="/courses/new" leftSection={<IconPlus size={18} />}>
            {authoring("newCourse")}
          </Button>
        )}
      </Group>
      <TabLinks
        label={t("parts")}
        items={[
          { to: "/courses", label: t("all") },
          { to: "/courses", search: { show: "mine" }, label: t("mine") },
          ...(canEdit
            ? [
                {
                  to: "/courses",
                  search: { show: "teaching" },
                  label: authoring("teaching"),
                } as const,
              ]
            : []),
        ]}
      />
      <Courses key={scope} scope={scope} />
    </>
  );
}
