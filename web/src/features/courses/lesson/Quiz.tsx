import { Button, Skeleton } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { ApiError } from "@/api/client";
import type { AttemptMade, CourseLesson, CoursePage, QuizToTake } from "@/api/types";
import { useErrorText } from "@/ui/errors";
import { FormError } from "@/ui/FormError";
import { IconChecklist, IconCircleCheckFilled, IconRefresh } from "@/ui/icons";
import { ErrorMessage, Message } from "@/ui/Message";
import { toastError } from "@/ui/toasts";
import { attemptQuiz, lessonQuery, takeUpStanding } from "../queries";
import { type Answers, countAnswered, pressed } from "./answers";
import lessonClasses from "./Lesson.module.css";
import { Question } from "./Question";
import classes from "./Quiz.module.css";

interface LessonProps {
  course: CoursePage;
  lesson: CourseLesson;
}

interface ResultProps {
  made: AttemptMade;
  onAgain: () => void;
}

/** What an attempt came to, read out at once. */
function Result({ made, onAgain }: ResultProps) {
  const t = useTranslations("lesson.quiz");
  const words = useRef<HTMLDivElement>(null);
  const { score_percent, passed } = made.attempt;
  const right = made.questions.filter(({ is_right }) => is_right).length;
  useEffect(() => words.current?.focus(), []);
  return (
    <div ref={words} className={classes.result} tabIndex={-1} data-passed={passed || undefined}>
      <div>
        <h2>{passed ? t("passed") : t("failed")}</h2>
        <p className="tabular">
          {t("score", { percent: score_percent, right, count: made.questions.length })}
          {!passed && ` ${t("failedHint")}`}
        </p>
      </div>
      <Button
        variant="default"
        radius="xl"
        leftSection={<IconRefresh size={18} />}
        onClick={onAgain}
      >
        {t("again")}
      </Button>
    </div>
  );
}

interface FormProps extends LessonProps {
  quiz: QuizToTake;
}

function QuizForm({ course, lesson, quiz }: FormProps) {
  const t = useTranslations("lesson.quiz");
  const text = useErrorText();
  const queries = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const [answers, setAnswers] = useState<Answers>({});
  const attempt = useMutation({
    mutationFn: () => attemptQuiz(course.id, lesson.id, { version: quiz.version, answers }),
    onSuccess: ({ standing }) => takeUpStanding(queries, course.slug, standing),
    onError: (error) => {
      // Its author has changed it meanwhile: the new questions are what is to be answered. They
      // come with a form of their own, so this is said outside of it.
      if (error instanceof ApiError && error.code === "quiz_changed") {
        toastError(text(error));
        void queries.invalidateQueries({ queryKey: lessonQuery(course.id, lesson.id).queryKey });
      }
    },
  });
  const made = attempt.data;
  const results = new Map(made?.questions.map((result) => [result.question_id, result]));
  const again = () => {
    attempt.reset();
    setAnswers({});
    form.current?.querySelector<HTMLInputElement>("input")?.focus();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!made && !attempt.isPending) attempt.mutate();
  };
  return (
    <form ref={form} className={classes.quiz} onSubmit={submit} aria-label={lesson.title}>
      {made && <Result key={made.attempt.id} made={made} onAgain={again} />}
      {!made && (
        <p className={classes.intro}>
          {t("toPass", { percent: quiz.pass_percent, count: quiz.questions.length })}
        </p>
      )}
      {!made && lesson.is_completed && (
        <p className={lessonClasses.done}>
          <IconCircleCheckFilled size={20} aria-hidden /> {t("isPassed")}
        </p>
      )}
      <ol>
        {quiz.questions.map((question, at) => (
          <Question
            key={question.id}
            question={question}
            number={at + 1}
            chosen={answers[question.id] ?? []}
            result={results.get(question.id)}
            onPress={(optionId) => setAnswers(pressed(answers, question, optionId))}
          />
        ))}
      </ol>
      <FormError text={attempt.error && text(attempt.error)} />
      {!made && (
        <div className={classes.submit}>
          <Button
            type="submit"
            radius="xl"
            disabled={!course.is_enrolled}
            loading={attempt.isPending}
          >
            {t("submit")}
          </Button>
          <span className="tabular" role="status">
            {course.is_enrolled
              ? t("answered", {
                  done: countAnswered(answers, quiz.questions),
                  count: quiz.questions.length,
                })
              : t("onlyEnrolled")}
          </span>
        </div>
      )}
    </form>
  );
}

/** Questions on one page; what was wrong is said once they are answered. */
export function Quiz({ course, lesson }: LessonProps) {
  const t = useTranslations("lesson");
  const common = useTranslations("common");
  const { data, error, refetch } = useQuery(lessonQuery(course.id, lesson.id));
  if (error && !data) return <ErrorMessage error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <div role="status" aria-label={common("loading")}>
        <Skeleton h={120} radius={16} mb={16} />
        <Skeleton h={120} radius={16} />
      </div>
    );
  }
  if (!data.quiz) {
    return (
      <Message icon={IconChecklist} title={t("nothingYet")}>
        {t("nothingYetHint")}
      </Message>
    );
  }
  const { quiz } = data;
  return <QuizForm key={quiz.version} course={course} lesson={lesson} quiz={quiz} />;
}
