import { Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { meQuery } from "@/features/identity/queries";
import { IconLock } from "@/ui/icons";
import { Message } from "@/ui/Message";
import { usePageTitle } from "@/ui/page";
import { takeUpCourse } from "../queries";
import classes from "./Authoring.module.css";
import { CourseForm, type CourseValues } from "./CourseForm";
import { createCourse } from "./queries";

const EMPTY: CourseValues = {
  title: "",
  slug: "",
  description: "",
  category_id: null,
  order_locked: false,
};

/** Makes a course, a draft at first, and goes on to its lessons. */
export function NewCoursePage() {
  const t = useTranslations("authoring");
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { data: me } = useQuery(meQuery());
  usePageTitle(t("newCourse"));
  const { mutate, isPending, error } = useMutation({
    mutationFn: ({ slug, ...values }: CourseValues) =>
      createCourse({ ...values, slug: slug || null }),
    onSuccess: async (course) => {
      await takeUpCourse(queries, course);
      await navigate({ to: "/courses/$slug/edit", params: { slug: course.slug } });
    },
  });
  if (me?.role !== "admin") {
    return (
      <Message icon={IconLock} title={t("adminsMake")} heading={1}>
        {t("adminsMakeHint")}
      </Message>
    );
  }
  return (
    <div className={classes.page}>
      <Title order={1} mt={12} mb="lg">
        {t("newCourse")}
      </Title>
      <CourseForm
        values={EMPTY}
        action={t("create")}
        isNew
        isPending={isPending}
        error={error}
        onSave={(values) => mutate(values)}
      />
    </div>
  );
}
