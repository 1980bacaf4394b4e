import { Anchor } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { Row } from "@/ui/Row";
import { CourseCard } from "./CourseCard";
import { coursesQuery } from "./queries";

/** The courses that one has not finished, as a row of the home page; nothing where there are none. */
export default function ContinueLearning() {
  const t = useTranslations("courses");
  const { data } = useInfiniteQuery(coursesQuery("enrolled"));
  const [newest] = data?.pages ?? [];
  const begun = newest?.items.filter(({ percent }) => percent !== 100) ?? [];
  if (begun.length === 0) return null;
  return (
    <Row
      title={t("continueLearning")}
      more={
        <Anchor component={Link} to="/courses?show=mine" size="sm">
          {t("mine")}
        </Anchor>
      }
    >
      {begun.map((course) => (
        <li key={course.id}>
          <CourseCard course={course} heading={3} />
        </li>
      ))}
    </Row>
  );
}
