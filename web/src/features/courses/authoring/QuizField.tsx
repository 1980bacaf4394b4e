import { Button, NumberInput, Skeleton } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Lesson, Question } from "@/api/types";
import { IconPlus } from "@/ui/icons";
import { ErrorMessage } from "@/ui/Message";
import { Section } from "@/ui/Section";
import { useEdited } from "./edited";
import { QuestionCard } from "./QuestionCard";
import classes from "./Quiz.module.css";
import { changeQuiz, quizQuery } from "./queries";
import { MOST_QUESTIONS, moveQuestion, newQuestion, type QuizDraft, troubleOf } from "./quiz";
import { SaveBar } from "./SaveBar";
import type { Kept } from "./saver";
import { useDocument } from "./useDocument";

/** The first question that can't be asked yet, and why; said once one has tried to save. */
function useProblem({ questions }: QuizDraft) {
  const t = useTranslations("authoring.quiz");
  const [isAsked, setAsked] = useState(false);
  const at = questions.findIndex((question) => troubleOf(question) !== null);
  const bad = questions[at];
  const trouble = bad ? troubleOf(bad) : questions.length === 0 ? "noQuestion" : null;
  const text = trouble && t(`trouble.${trouble}`, { number: at + 1 });
  return { problem: isAsked ? text : null, isBad: trouble !== null, ask: () => setAsked(true) };
}

function Editor({ lesson, kept }: { lesson: Lesson; kept: Kept<QuizDraft> }) {
  const t = useTranslations("authoring.quiz");
  const queries = useQueryClient();
  const { course } = useEdited();
  const query = quizQuery(course.id, lesson.id);
  const document = useDocument<QuizDraft>({
    kept,
    send: async ({ value, version }) => {
      const saved = await changeQuiz(course.id, lesson.id, { ...value, version });
      queries.setQueryData(query.queryKey, saved);
      return keptOf(saved);
    },
    load: async () => keptOf(await queries.fetchQuery({ ...query, staleTime: 0 })),
  });
  const { draft, setDraft } = document;
  const { questions } = draft;
  const { problem, isBad, ask } = useProblem(draft);
  const put = (changed: Question) =>
    setDraft({
      ...draft,
      questions: questions.map((question) => (question.id === changed.id ? changed : question)),
    });
  return (
    <div className={classes.form}>
      <NumberInput
        label={t("passPercent")}
        description={t("passPercentHint")}
        suffix=" %"
        min={1}
        max={100}
        clampBehavior="strict"
        allowDecimal={false}
        maw={220}
        value={draft.pass_percent}
        onChange={(value) =>
          typeof value === "number" && setDraft({ ...draft, pass_percent: value })
        }
      />
      <ol className={classes.questions}>
        {questions.map((question, at) => (
          <QuestionCard
            key={question.id}
            question={question}
            number={at + 1}
            count={questions.length}
            onChange={put}
            onMove={(by) => setDraft(moveQuestion(draft, question.id, by))}
            onRemove={() =>
              setDraft({ ...draft, questions: questions.filter(({ id }) => id !== question.id) })
            }
          />
        ))}
      </ol>
      {questions.length < MOST_QUESTIONS && (
        <Button
          variant="default"
          leftSection={<IconPlus size={18} />}
          style={{ justifySelf: "start" }}
          onClick={() => setDraft({ ...draft, questions: [...questions, newQuestion()] })}
        >
          {t("addQuestion")}
        </Button>
      )}
      <SaveBar
        problem={problem}
        document={{ ...document, save: () => (isBad ? ask() : document.save()) }}
      />
    </div>
  );
}

const keptOf = ({ version, ...value }: QuizDraft & { version: number }): Kept<QuizDraft> => ({
  value,
  version,
});

/** The questions of a quiz lesson. */
export function QuizField({ lesson }: { lesson: Lesson }) {
  const t = useTranslations("authoring.quiz");
  const { course } = useEdited();
  const { data, error, refetch } = useQuery(quizQuery(course.id, lesson.id));
  return (
    <Section title={t("title")} hint={t("hint")}>
      {error && !data && <ErrorMessage error={error} heading={3} onRetry={() => void refetch()} />}
      {!error && !data && <Skeleton h={240} radius="md" />}
      {data && <Editor lesson={lesson} kept={keptOf(data)} />}
    </Section>
  );
}
