import { useTranslations } from "use-intl";
import type { QuestionResult, QuestionToTake } from "@/api/types";
import { IconCircleCheckFilled, IconCircleX } from "@/ui/icons";
import classes from "./Quiz.module.css";

interface QuestionProps {
  question: QuestionToTake;
  number: number;
  chosen: readonly string[];
  /** Once it has been answered. */
  result: QuestionResult | undefined;
  onPress: (optionId: string) => void;
}

function Verdict({ result }: { result: QuestionResult }) {
  const t = useTranslations("lesson.quiz");
  return (
    <p className={classes.verdict} data-right={result.is_right || undefined}>
      {result.is_right ? (
        <IconCircleCheckFilled size={18} aria-hidden />
      ) : (
        <IconCircleX size={18} aria-hidden />
      )}
      {result.is_right ? t("right") : t("wrong")}
    </p>
  );
}

/** One question: one answer by radio buttons, several by check boxes. */
export function Question({ question, number, chosen, result, onPress }: QuestionProps) {
  const t = useTranslations("lesson.quiz");
  const isSingle = question.kind === "single";
  return (
    <li className={classes.question}>
      <fieldset disabled={result !== undefined}>
        <legend>
          <span className="tabular">{number}.</span> {question.text}
          {!isSingle && <small>{t("several")}</small>}
        </legend>
        {question.options.map((option) => (
          <label
            key={option.id}
            className={classes.option}
            data-right={result?.right_option_ids?.includes(option.id) || undefined}
          >
            <input
              type={isSingle ? "radio" : "checkbox"}
              name={question.id}
              value={option.id}
              checked={chosen.includes(option.id)}
              onChange={() => onPress(option.id)}
            />
            <span>
              {option.text}
              {result?.right_option_ids?.includes(option.id) && (
                <span className="visually-hidden"> ({t("rightAnswer")})</span>
              )}
            </span>
          </label>
        ))}
      </fieldset>
      {result && <Verdict result={result} />}
      {result?.explanation && <p className={classes.explanation}>{result.explanation}</p>}
    </li>
  );
}
