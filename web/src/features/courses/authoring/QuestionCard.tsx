import { ActionIcon, Button, Checkbox, Select, Textarea, TextInput } from "@mantine/core";
import { useTranslations } from "use-intl";
import type { Question } from "@/api/types";
import {
  IconArrowDown,
  IconArrowUp,
  IconDotsVertical,
  IconPlus,
  IconTrash,
  IconX,
} from "@/ui/icons";
import { PopItem, PopMenu } from "@/ui/PopMenu";
import classes from "./Quiz.module.css";
import {
  FEWEST_OPTIONS,
  MOST_OPTIONS,
  newOption,
  withKind,
  withOptionText,
  withoutOption,
  withRight,
} from "./quiz";

const KINDS: readonly Question["kind"][] = ["single", "multiple"];

function Options({ question, onChange }: Pick<QuestionCardProps, "question" | "onChange">) {
  const t = useTranslations("authoring.quiz");
  const { options } = question;
  return (
    <fieldset className={classes.options}>
      <legend>{t(`right.${question.kind}`)}</legend>
      {options.map((option, at) => (
        <div key={option.id} className={classes.option}>
          <Checkbox
            aria-label={t("isRight", { number: at + 1 })}
            checked={option.is_right}
            onChange={({ currentTarget }) =>
              onChange(withRight(question, option.id, currentTarget.checked))
            }
          />
          <TextInput
            aria-label={t("option", { number: at + 1 })}
            placeholder={t("option", { number: at + 1 })}
            maxLength={500}
            value={option.text}
            onChange={({ currentTarget }) =>
              onChange(withOptionText(question, option.id, currentTarget.value))
            }
          />
          <ActionIcon
            aria-label={t("removeOption", { number: at + 1 })}
            disabled={options.length <= FEWEST_OPTIONS}
            onClick={() => onChange(withoutOption(question, option.id))}
          >
            <IconX size={18} />
          </ActionIcon>
        </div>
      ))}
      {options.length < MOST_OPTIONS && (
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={16} />}
          style={{ justifySelf: "start" }}
          onClick={() => onChange({ ...question, options: [...options, newOption()] })}
        >
          {t("addOption")}
        </Button>
      )}
    </fieldset>
  );
}

interface QuestionCardProps {
  question: Question;
  number: number;
  count: number;
  onChange: (question: Question) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
}

/** One question with its options, and which of them are right. */
export function QuestionCard(props: QuestionCardProps) {
  const { question, number, count, onChange, onMove, onRemove } = props;
  const t = useTranslations("authoring.quiz");
  return (
    <li className={classes.question}>
      <header>
        <h3>{t("question", { number })}</h3>
        <PopMenu label={t("moreOf", { number })} icon={<IconDotsVertical size={19} stroke={1.7} />}>
          {number > 1 && (
            <PopItem icon={IconArrowUp} onClick={() => onMove(-1)}>
              {t("moveUp")}
            </PopItem>
          )}
          {number < count && (
            <PopItem icon={IconArrowDown} onClick={() => onMove(1)}>
              {t("moveDown")}
            </PopItem>
          )}
          <PopItem icon={IconTrash} isBad onClick={onRemove}>
            {t("remove")}
          </PopItem>
        </PopMenu>
      </header>
      <Textarea
        aria-label={t("textOf", { number })}
        placeholder={t("textPlaceholder")}
        autosize
        minRows={1}
        maxLength={2000}
        value={question.text}
        onChange={({ currentTarget }) => onChange({ ...question, text: currentTarget.value })}
      />
      <Select
        label={t("kind")}
        allowDeselect={false}
        data={KINDS.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))}
        value={question.kind}
        onChange={(kind) => kind && onChange(withKind(question, kind as Question["kind"]))}
      />
      <Options question={question} onChange={onChange} />
      <Textarea
        label={t("explanation")}
        description={t("explanationHint")}
        autosize
        minRows={1}
        maxLength={2000}
        value={question.explanation}
        onChange={({ currentTarget }) =>
          onChange({ ...question, explanation: currentTarget.value })
        }
      />
    </li>
  );
}
