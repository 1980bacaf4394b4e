import { useMutation } from "@tanstack/react-query";
import { useBlocker } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ApiError } from "@/api/client";
import { useConfirm } from "@/ui/Confirm";
import type { Kept } from "./saver";

interface DocumentOptions<T> {
  kept: Kept<T>;
  send: (kept: Kept<T>) => Promise<Kept<T>>;
  load: () => Promise<Kept<T>>;
}

/** A draft that is saved when one says so, unless somebody else has saved another meanwhile. */
export function useDocument<T>({ kept, send, load }: DocumentOptions<T>) {
  const t = useTranslations("authoring.saving");
  const confirm = useConfirm();
  const [base, setBase] = useState(kept);
  const [draft, setDraft] = useState(kept.value);
  const isDirty = draft !== base.value;
  const { mutate, error, isPending, reset } = useMutation({
    mutationFn: async (version: number) => {
      const saved = await send({ value: draft, version });
      return { saved, sent: draft };
    },
    onSuccess: ({ saved, sent }) => {
      setBase(saved);
      setDraft((now) => (now === sent ? saved.value : now));
    },
  });
  useBlocker({
    shouldBlockFn: async () =>
      isDirty &&
      !(await confirm({ title: t("leave"), text: t("leaveText"), action: t("leaveAction") })),
    enableBeforeUnload: () => isDirty,
  });
  const stale = error instanceof ApiError && error.status === 409 ? error : null;
  return {
    draft,
    setDraft,
    isDirty,
    isPending,
    error: stale ? null : error,
    isStale: stale !== null,
    save: () => mutate(base.version),
    keepMine: () => mutate(Number(stale?.fields.version)),
    takeTheirs: async () => {
      const theirs = await load();
      setBase(theirs);
      setDraft(theirs.value);
      reset();
    },
  };
}

export type Document<T> = ReturnType<typeof useDocument<T>>;
