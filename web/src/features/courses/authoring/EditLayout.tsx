import { Alert, Anchor, Badge, Button, Group, Skeleton, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, Outlet, useBlocker, useMatchRoute } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { ApiError } from "@/api/client";
import type { CoursePage } from "@/api/types";
import { useConfirm } from "@/ui/Confirm";
import { useErrorText } from "@/ui/errors";
import { IconAlertTriangle, IconArrowLeft, IconEye, IconEyeOff, IconLock } from "@/ui/icons";
import { ErrorMessage, Message } from "@/ui/Message";
import { usePageTitle } from "@/ui/page";
import tabs from "@/ui/TabLinks.module.css";
import { toast, toastError } from "@/ui/toasts";
import { UnknownCourse } from "../CoursePage";
import { courseQuery, takeUpCourse } from "../queries";
import classes from "./Authoring.module.css";
import { Edited, type EditedCourse } from "./edited";
import { changeCourse, curriculumQuery } from "./queries";
import { useCurriculum, useSaver } from "./useCurriculum";

/** Publishing is the one thing that should never be far away. */
function PublishButton({ course }: { course: CoursePage }) {
  const t = useTranslations("authoring");
  const text = useErrorText();
  const queries = useQueryClient();
  const { mutate, isPending } = useMutation({
    mutationFn: () => changeCourse(course.id, { published: !course.published }),
    onSuccess: async (changed) => {
      toast(t(changed.published ? "published" : "unpublished", { title: changed.title }));
      await takeUpCourse(queries, changed);
    },
    onError: (error) => toastError(text(error)),
  });
  return (
    <Button
      variant={course.published ? "default" : "filled"}
      leftSection={course.published ? <IconEyeOff size={18} /> : <IconEye size={18} />}
      loading={isPending}
      onClick={() => mutate()}
    >
      {course.published ? t("unpublish") : t("publish")}
    </Button>
  );
}

/** Says that somebody else was faster, or that nothing gets through, and what to do about it. */
function SavingTrouble({ course, saver }: EditedCourse) {
  const t = useTranslations("authoring.saving");
  const text = useErrorText();
  const queries = useQueryClient();
  const { state, error } = useSaver(saver);
  const takeTheirs = async () => {
    try {
      const query = { ...curriculumQuery(course.id), staleTime: 0 };
      const { sections, version } = await queries.fetchQuery(query);
      saver.takeTheirs({ value: sections, version });
    } catch (failure) {
      toastError(text(failure));
    }
  };
  if (state === "stale" && error instanceof ApiError) {
    const over = Number(error.fields.version);
    return (
      <Alert
        color="red"
        variant="light"
        role="alert"
        icon={<IconAlertTriangle size={18} />}
        title={t("staleTitle")}
        mb="md"
      >
        <p className={classes.plain}>{t("staleText")}</p>
        <Group gap="sm" mt="sm">
          <Button size="xs" variant="default" onClick={() => void takeTheirs()}>
            {t("takeTheirs")}
          </Button>
          <Button size="xs" color="red" onClick={() => void saver.save(over)}>
            {t("keepMine")}
          </Button>
        </Group>
      </Alert>
    );
  }
  if (state === "failed") {
    return (
      <Alert
        color="red"
        variant="light"
        role="alert"
        icon={<IconAlertTriangle size={18} />}
        title={t("failedTitle")}
        mb="md"
      >
        <p className={classes.plain}>{text(error)}</p>
        <Group gap="sm" mt="sm">
          <Button size="xs" variant="default" onClick={() => void saver.save()}>
            {t("again")}
          </Button>
          <Button size="xs" variant="subtle" color="red" onClick={() => void takeTheirs()}>
            {t("drop")}
          </Button>
        </Group>
      </Alert>
    );
  }
  return null;
}

function Saving({ saver }: Pick<EditedCourse, "saver">) {
  const t = useTranslations("authoring.saving");
  const confirm = useConfirm();
  const { state } = useSaver(saver);
  useBlocker({
    // From one of the pages to another nothing is lost; away from them it is.
    shouldBlockFn: async ({ current, next }) =>
      (state === "stale" || state === "failed") &&
      !next.pathname.startsWith(current.pathname.replace(/\/edit.*/, "/edit")) &&
      !(await confirm({ title: t("leave"), text: t("leaveText"), action: t("leaveAction") })),
    enableBeforeUnload: () => state !== "saved",
  });
  return (
    <span className={classes.saving} role="status">
      {t(state)}
    </span>
  );
}

function Tabs({ slug }: { slug: string }) {
  const t = useTranslations("authoring");
  const isLesson = useMatchRoute()({ to: "/courses/$slug/edit/lessons/$lessonId" });
  const link = { params: { slug }, className: tabs.tab ?? "", activeOptions: { exact: true } };
  return (
    <nav className={tabs.tabs} aria-label={t("parts")}>
      <Link to="/courses/$slug/edit" {...link} {...(isLesson && { "data-status": "active" })}>
        {t("curriculum")}
      </Link>
      <Link to="/courses/$slug/edit/details" {...link}>
        {t("details")}
      </Link>
      <Link to="/courses/$slug/edit/learners" {...link}>
        {t("learners")}
      </Link>
    </nav>
  );
}

/** What all pages of a course for its authors have around them. */
export function EditLayout({ slug }: { slug: string }) {
  const t = useTranslations("authoring");
  const courses = useTranslations("courses");
  const common = useTranslations("common");
  const query = useQuery(courseQuery(slug));
  const course = query.data;
  const { saver, error: curriculumError, refetch } = useCurriculum(course);
  const error = query.error ?? curriculumError;
  usePageTitle(course && t("editTitle", { title: course.title }));
  if (query.error instanceof ApiError && query.error.status === 404) return <UnknownCourse />;
  if (course && !course.can_edit) {
    return (
      <Message icon={IconLock} title={t("notYours")} heading={1}>
        {t("notYoursHint")}
      </Message>
    );
  }
  if (error && !(course && saver)) {
    const again = () => void Promise.all([query.refetch(), refetch()]);
    return <ErrorMessage error={error} heading={1} onRetry={again} />;
  }
  if (!course || !saver) {
    return (
      <div className={classes.page} role="status" aria-label={common("loading")}>
        <Skeleton h={34} w="60%" mt={12} radius="xl" />
        <Skeleton h={320} mt={28} radius={18} />
      </div>
    );
  }
  return (
    <Edited value={{ course, saver }}>
      <div className={classes.page}>
        <Anchor
          className={classes.back}
          renderRoot={(props) => <Link to="/courses/$slug" params={{ slug }} {...props} />}
        >
          <IconArrowLeft size={16} aria-hidden /> {t("toCourse")}
        </Anchor>
        <header className={classes.head}>
          <div className={classes.words}>
            <Title order={1} size="h2">
              {course.title}
            </Title>
            <p className={classes.facts}>
              {!course.published && (
                <Badge color="gray" variant="light" tt="none">
                  {courses("draft")}
                </Badge>
              )}
              <span>{courses("lessons", { count: course.lesson_count })}</span>
              <Saving saver={saver} />
            </p>
          </div>
          <PublishButton course={course} />
        </header>
        <Tabs slug={slug} />
        <SavingTrouble course={course} saver={saver} />
        <Outlet />
      </div>
    </Edited>
  );
}
