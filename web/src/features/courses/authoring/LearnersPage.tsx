import { Button, Group, Stack } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Enrolment, PersonLook } from "@/api/types";
import { PeoplePicker } from "@/features/chat/PeoplePicker";
import { meQuery } from "@/features/identity/queries";
import { Avatar } from "@/ui/Avatar";
import { Bar } from "@/ui/Bar";
import { useConfirm } from "@/ui/Confirm";
import { Dialog } from "@/ui/Dialog";
import { useErrorText } from "@/ui/errors";
import { FormError } from "@/ui/FormError";
import { IconDoorExit, IconUserPlus, IconUsers } from "@/ui/icons";
import { Message } from "@/ui/Message";
import { Section } from "@/ui/Section";
import sections from "@/ui/Section.module.css";
import { SectionList } from "@/ui/SectionList";
import { toastError } from "@/ui/toasts";
import { useFormats } from "@/ui/useFormats";
import classes from "./Authoring.module.css";
import { useEdited } from "./edited";
import { endEnrolment, enrolmentsQuery, enrolPerson } from "./queries";

function EnrolDialog({ courseId, onClose }: { courseId: string; onClose: () => void }) {
  const t = useTranslations("authoring.people");
  const common = useTranslations("common");
  const text = useErrorText();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<PersonLook[]>([]);
  const { mutate, isPending, error } = useMutation({
    // Each by itself: enrolling somebody twice does no harm when one of them fails.
    mutationFn: async () => {
      for (const { id } of chosen) await enrolPerson(courseId, id);
    },
    onSuccess: onClose,
    onSettled: () => queries.invalidateQueries({ queryKey: enrolmentsQuery(courseId).queryKey }),
  });
  return (
    <Dialog title={t("enrol")} onClose={onClose}>
      <Stack gap="md">
        <PeoplePicker chosen={chosen} onChange={setChosen} without={NOBODY} />
        <FormError text={error && text(error)} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button loading={isPending} disabled={chosen.length === 0} onClick={() => mutate()}>
            {t("enrolChosen", { count: chosen.length })}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

const NOBODY: ReadonlySet<string> = new Set();

function Learner({ enrolment, canEnd }: { enrolment: Enrolment; canEnd: boolean }) {
  const t = useTranslations("authoring.people");
  const text = useErrorText();
  const confirm = useConfirm();
  const queries = useQueryClient();
  const { day, ago } = useFormats();
  const { person, percent, completed_count, lesson_count, course_id } = enrolment;
  const name = person.display_name;
  const { mutate, isPending } = useMutation({
    mutationFn: () => endEnrolment(course_id, person.id),
    onError: (error) => toastError(text(error)),
    onSettled: () => queries.invalidateQueries({ queryKey: enrolmentsQuery(course_id).queryKey }),
  });
  const end = async () => {
    const question = { title: t("endTitle"), text: t("endText", { name }), action: t("end") };
    if (await confirm(question)) mutate();
  };
  return (
    <li>
      <div className={classes.person}>
        <Avatar person={person} size={38} />
        <div className={sections.words}>
          <p className={sections.name}>
            <Link to="/people/$username" params={{ username: person.username }}>
              {name}
            </Link>
          </p>
          <p className={sections.note}>
            {t("since", { day: day(enrolment.enrolled_at) })}
            {enrolment.last_active_at &&
              ` · ${t("lastActive", { when: ago(enrolment.last_active_at) })}`}
          </p>
        </div>
      </div>
      <div className={classes.howFar}>
        <Bar value={percent} label={t("progressOf", { name })} />
        <span className="tabular">
          {enrolment.completed_at
            ? t("completed", { day: day(enrolment.completed_at) })
            : t("howFar", { percent, done: completed_count, count: lesson_count })}
        </span>
      </div>
      {canEnd && (
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          leftSection={<IconDoorExit size={16} />}
          aria-label={t("endOf", { name })}
          loading={isPending}
          onClick={() => void end()}
        >
          {t("end")}
        </Button>
      )}
    </li>
  );
}

/** Who takes the course, and how far each of them is. */
export function LearnersPage() {
  const t = useTranslations("authoring.people");
  const { course } = useEdited();
  const { data: me } = useQuery(meQuery());
  const isAdmin = me?.role === "admin";
  const list = useInfiniteQuery(enrolmentsQuery(course.id));
  const [isEnrolling, setEnrolling] = useState(false);
  return (
    <Section
      title={t("title")}
      hint={t("hint")}
      action={
        isAdmin && (
          <Button leftSection={<IconUserPlus size={18} />} onClick={() => setEnrolling(true)}>
            {t("enrol")}
          </Button>
        )
      }
    >
      <SectionList
        list={list}
        nothing={
          <Message icon={IconUsers} title={t("nobody")} heading={3}>
            {t("nobodyHint")}
          </Message>
        }
      >
        {(enrolment) => (
          <Learner key={enrolment.person.id} enrolment={enrolment} canEnd={isAdmin} />
        )}
      </SectionList>
      {isEnrolling && <EnrolDialog courseId={course.id} onClose={() => setEnrolling(false)} />}
    </Section>
  );
}
