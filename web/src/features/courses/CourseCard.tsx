import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import type { CourseCard as Course } from "@/api/types";
import { Bar } from "@/ui/Bar";
import { IconSchool } from "@/ui/icons";
import cards from "@/ui/LinkCard.module.css";
import classes from "./CourseCard.module.css";
import { useAmount } from "./useAmount";

interface CoursePictureProps {
  url: string | null;
  eager?: boolean;
}

/** The picture of a course, or a quiet place where it would be. */
export function CoursePicture({ url, eager = false }: CoursePictureProps) {
  return (
    <div className={classes.picture}>
      {url ? (
        <img src={url} alt="" loading={eager ? "eager" : "lazy"} decoding="async" />
      ) : (
        <span className={classes.blank}>
          <IconSchool size={44} stroke={1.1} />
        </span>
      )}
    </div>
  );
}

/** How far one is, in words and as a bar. */
export function CourseProgress({ percent, title }: { percent: number; title: string }) {
  const t = useTranslations("courses");
  return (
    <div className={classes.progress}>
      <Bar value={percent} label={t("progressOf", { title })} color="glow" />
      <span className="tabular">{percent === 100 ? t("allDone") : t("percent", { percent })}</span>
    </div>
  );
}

interface CourseCardProps {
  course: Course;
  heading?: 2 | 3;
  eager?: boolean;
}

/** A course in a list; the whole card is the link. */
export function CourseCard({ course, heading = 2, eager = false }: CourseCardProps) {
  const t = useTranslations("courses");
  const amount = useAmount();
  const Heading = `h${heading}` as const;
  return (
    <article className={cards.card}>
      <CoursePicture url={course.preview_thumbnail_url} eager={eager} />
      <div className={cards.words}>
        <Heading className="clamp-2">
          <Link to="/courses/$slug" params={{ slug: course.slug }}>
            {course.title}
          </Link>
        </Heading>
        {course.instructor && <p className="clamp-1">{course.instructor.display_name}</p>}
        <p>
          {!course.published && <b className={classes.draft}>{t("draft")}</b>}
          {amount(course.lesson_count, course.duration_seconds)}
        </p>
        {course.percent !== null && (
          <CourseProgress percent={course.percent} title={course.title} />
        )}
      </div>
    </article>
  );
}
