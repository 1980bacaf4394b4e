/** Changes of a quiz that is being written, and what is still wrong with it. */
import type { Question } from "@/api/types";
import { moved } from "@/features/library/playlists/order";
import { newClientId } from "@/ui/clientId";

export const MOST_QUESTIONS = 100;
export const MOST_OPTIONS = 12;
export const FEWEST_OPTIONS = 2;

export interface QuizDraft {
  pass_percent: number;
  questions: Question[];
}

type Option = Question["options"][number];

export const newOption = (): Option => ({ id: newClientId(), text: "", is_right: false });

export const newQuestion = (): Question => ({
  id: newClientId(),
  text: "",
  kind: "single",
  options: [newOption(), newOption()],
  explanation: "",
});

/** Only one option of a single choice is right: the first of those that were. */
export function withKind(question: Question, kind: Question["kind"]): Question {
  if (kind === "multiple") return { ...question, kind };
  const right = question.options.find(({ is_right }) => is_right);
  const options = question.options.map((option) => ({ ...option, is_right: option === right }));
  return { ...question, kind, options };
}

export function withRight(question: Question, id: string, is_right: boolean): Question {
  const options = question.options.map((option) => {
    if (option.id === id) return { ...option, is_right };
    return question.kind === "single" && is_right ? { ...option, is_right: false } : option;
  });
  return { ...question, options };
}

export const withOptionText = (question: Question, id: string, text: string): Question => ({
  ...question,
  options: question.options.map((option) => (option.id === id ? { ...option, text } : option)),
});

export const withoutOption = (question: Question, id: string): Question => ({
  ...question,
  options: question.options.filter((option) => option.id !== id),
});

export function moveQuestion(draft: QuizDraft, id: string, by: 1 | -1): QuizDraft {
  const from = draft.questions.findIndex((question) => question.id === id);
  const to = Math.min(draft.questions.length - 1, Math.max(0, from + by));
  return { ...draft, questions: moved(draft.questions, from, to) };
}

export type Trouble = "noText" | "noOptionText" | "noRight" | "fewOptions";

/** The first thing that keeps a question from being asked. */
export function troubleOf({ text, options }: Question): Trouble | null {
  if (!text.trim()) return "noText";
  if (options.length < FEWEST_OPTIONS) return "fewOptions";
  if (options.some((option) => !option.text.trim())) return "noOptionText";
  return options.some(({ is_right }) => is_right) ? null : "noRight";
}
