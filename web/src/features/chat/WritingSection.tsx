import { Button, Select } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { MayWrite, Me } from "@/api/types";
import { changeMe, meQuery } from "@/features/identity/queries";
import { useErrorText } from "@/ui/errors";
import { FormError } from "@/ui/FormError";
import { Section } from "@/ui/Section";
import classes from "./People.module.css";
import { PersonLine } from "./PersonLine";
import { blocksQuery, unblockPerson } from "./queries";

const CHOICES: MayWrite[] = ["everyone", "followers", "mutual", "nobody"];

interface WritingSectionProps {
  me: Me;
}

/** Who may write to one without asking, and whom one has blocked. */
export function WritingSection({ me }: WritingSectionProps) {
  const t = useTranslations("chat.settings");
  const person = useTranslations("chat.person");
  const text = useErrorText();
  const queries = useQueryClient();
  const { data: blocks } = useQuery(blocksQuery());
  const change = useMutation({
    mutationFn: (may_write: MayWrite) => changeMe({ may_write }),
    onSuccess: (changed) => queries.setQueryData(meQuery().queryKey, changed),
  });
  const unblock = useMutation({
    mutationFn: unblockPerson,
    onSuccess: () => queries.invalidateQueries({ queryKey: ["people"] }),
  });
  const error = change.error ?? unblock.error;
  return (
    <Section title={t("title")} hint={t("hint")}>
      <Select
        maw={560}
        label={t("mayWrite")}
        allowDeselect={false}
        value={me.may_write}
        data={CHOICES.map((value) => ({ value, label: t(value) }))}
        onChange={(value) => value && change.mutate(value as MayWrite)}
      />
      <FormError text={error && text(error)} />
      {blocks && blocks.items.length > 0 && (
        <>
          <h3 className={classes.part}>{t("blocked")}</h3>
          <ul className={classes.people}>
            {blocks.items.map((one) => (
              <li key={one.id}>
                <PersonLine person={one}>
                  <Button
                    size="xs"
                    radius="xl"
                    variant="default"
                    loading={unblock.isPending}
                    onClick={() => unblock.mutate(one.username)}
                  >
                    {person("unblock")}
                  </Button>
                </PersonLine>
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}
