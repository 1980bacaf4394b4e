import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import type { CoursePage } from "@/api/types";
import { meQuery } from "@/features/identity/queries";
import { useConfirm } from "@/ui/Confirm";
import { useErrorText } from "@/ui/errors";
import { IconTrash } from "@/ui/icons";
import { Section } from "@/ui/Section";
import { toast, toastError } from "@/ui/toasts";
import { courseQuery, refreshCourses, takeUpCourse } from "../queries";
import { CourseForm, type CourseValues } from "./CourseForm";
import { useEdited } from "./edited";
import { InstructorsField } from "./InstructorsField";
import { PreviewField } from "./PreviewField";
import { changeCourse, deleteCourse } from "./queries";

function About({ course }: { course: CoursePage }) {
  const t = useTranslations("authoring");
  const common = useTranslations("common");
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (values: CourseValues) => changeCourse(course.id, values),
    onSuccess: async (changed) => {
      toast(t("detailsSaved"));
      await takeUpCourse(queries, changed);
      if (changed.slug === course.slug) return;
      const params = { slug: changed.slug };
      await navigate({ to: "/courses/$slug/edit/details", params, replace: true });
    },
  });
  return (
    <Section title={t("about")}>
      <CourseForm
        values={{
          title: course.title,
          slug: course.slug,
          description: course.description,
          category_id: course.category?.id ?? null,
          order_locked: course.order_locked,
        }}
        action={common("save")}
        isPending={isPending}
        error={error}
        onSave={(values) => mutate(values)}
      />
    </Section>
  );
}

function DeleteCourse({ course }: { course: CoursePage }) {
  const t = useTranslations("authoring");
  const text = useErrorText();
  const confirm = useConfirm();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { mutate, isPending } = useMutation({
    mutationFn: () => deleteCourse(course.id),
    onSuccess: async () => {
      toast(t("deleted", { title: course.title }));
      await navigate({ to: "/courses", replace: true });
      queries.removeQueries({ queryKey: courseQuery(course.slug).queryKey });
      await refreshCourses(queries);
    },
    onError: (error) => toastError(text(error)),
  });
  const ask = async () => {
    const question = {
      title: t("deleteTitle"),
      text: t("deleteText", { title: course.title }),
      action: t("deleteCourse"),
    };
    if (await confirm(question)) mutate();
  };
  return (
    <Section title={t("deleteCourse")} hint={t("deleteHint")}>
      <Button
        color="red"
        variant="light"
        leftSection={<IconTrash size={18} />}
        loading={isPending}
        onClick={() => void ask()}
      >
        {t("deleteCourse")}
      </Button>
    </Section>
  );
}

/** Everything about a course that is not in its lessons. */
export function DetailsPage() {
  const { course } = useEdited();
  const { data: me } = useQuery(meQuery());
  return (
    <>
      <About course={course} />
      <PreviewField course={course} />
      <InstructorsField course={course} canName={me?.role === "admin"} />
      {me?.role === "admin" && <DeleteCourse course={course} />}
    </>
  );
}
