import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { CoursePage, PersonLook } from "@/api/types";
import { PeoplePicker } from "@/features/chat/PeoplePicker";
import { PersonLine } from "@/features/chat/PersonLine";
import { useErrorText } from "@/ui/errors";
import { FormError } from "@/ui/FormError";
import { Section } from "@/ui/Section";
import sections from "@/ui/Section.module.css";
import { toast } from "@/ui/toasts";
import { takeUpCourse } from "../queries";
import { changeCourse } from "./queries";

const NOBODY: ReadonlySet<string> = new Set();

interface InstructorsFieldProps {
  course: CoursePage;
  canName: boolean;
}

/** Who teaches a course: the first who is chosen stands on it first. */
export function InstructorsField({ course, canName }: InstructorsFieldProps) {
  const t = useTranslations("authoring");
  const common = useTranslations("common");
  const text = useErrorText();
  const queries = useQueryClient();
  const { instructor, co_instructors } = course;
  const named = instructor ? [instructor, ...co_instructors] : co_instructors;
  const [chosen, setChosen] = useState<PersonLook[]>(named);
  const save = useMutation({
    mutationFn: () => {
      const [first, ...others] = chosen.map(({ id }) => id);
      return changeCourse(course.id, { instructor_id: first ?? null, co_instructor_ids: others });
    },
    onSuccess: async (changed) => {
      toast(t("instructorsSaved"));
      await takeUpCourse(queries, changed);
    },
  });
  return (
    <Section title={t("instructors")} hint={t(canName ? "instructorsHint" : "adminsName")}>
      {canName ? (
        <div className={sections.form}>
          <PeoplePicker chosen={chosen} onChange={setChosen} without={NOBODY} />
          <FormError text={save.error && text(save.error)} />
          <Button
            style={{ alignSelf: "flex-start" }}
            loading={save.isPending}
            onClick={() => save.mutate()}
          >
            {common("save")}
          </Button>
        </div>
      ) : (
        named.map((person) => <PersonLine key={person.id} person={person} />)
      )}
    </Section>
  );
}
