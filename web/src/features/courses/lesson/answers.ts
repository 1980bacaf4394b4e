import type { QuestionToTake } from "@/api/types";

/** The chosen options by question. */
export type Answers = Readonly<Record<string, string[]>>;

/** The answers once an option has been pressed: one takes the place of another, or joins it. */
export function pressed(
  answers: Answers,
  { id, kind }: Pick<QuestionToTake, "id" | "kind">,
  optionId: string,
): Answers {
  const chosen = answers[id] ?? [];
  if (kind === "single") return { ...answers, [id]: [optionId] };
  const isChosen = chosen.includes(optionId);
  const next = isChosen ? chosen.filter((one) => one !== optionId) : [...chosen, optionId];
  return { ...answers, [id]: next };
}

export const countAnswered = (
  answers: Answers,
  questions: readonly Pick<QuestionToTake, "id">[],
): number => questions.filter(({ id }) => (answers[id] ?? []).length > 0).length;
