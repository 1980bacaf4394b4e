import { ActionIcon, Badge, Button, Menu, Skeleton, Tooltip } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Category } from "@/api/types";
import { categoriesQuery, changeCategory, refreshVideos } from "@/features/library/queries";
import { useErrorText } from "@/ui/errors";
import { IconArrowDown, IconArrowUp, IconDotsVertical, IconFolders, IconPlus } from "@/ui/icons";
import { ErrorMessage, Message } from "@/ui/Message";
import { usePageTitle } from "@/ui/page";
import { Section } from "@/ui/Section";
import sections from "@/ui/Section.module.css";
import { toastError } from "@/ui/toasts";
import { CategoryModal } from "./CategoryModal";
import { DeleteCategoryModal } from "./DeleteCategoryModal";

/** The new `sort_order` of every category whose place changes when one moves by a step. */
export function reorder(
  categories: readonly Pick<Category, "id" | "sort_order">[],
  id: string,
  step: 1 | -1,
): { id: string; sort_order: number }[] {
  const ids = categories.map((category) => category.id);
  const from = ids.indexOf(id);
  const to = from + step;
  if (from < 0 || to < 0 || to >= ids.length) return [];
  ids.splice(to, 0, ...ids.splice(from, 1));
  const before = new Map(categories.map((category) => [category.id, category.sort_order]));
  return ids
    .map((moved, at) => ({ id: moved, sort_order: at + 1 }))
    .filter((moved) => before.get(moved.id) !== moved.sort_order);
}

function useChanges(categories: Category[]) {
  const text = useErrorText();
  const queries = useQueryClient();
  const { mutate, isPending } = useMutation({
    mutationFn: (changes: { id: string; sort_order?: number; is_active?: boolean }[]) =>
      Promise.all(changes.map(({ id, ...change }) => changeCategory(id, change))),
    onSettled: () => refreshVideos(queries),
    onError: (error) => toastError(text(error)),
  });
  return {
    isPending,
    move: (id: string, step: 1 | -1) => mutate(reorder(categories, id, step)),
    turn: (id: string, is_active: boolean) => mutate([{ id, is_active }]),
  };
}

interface RowProps {
  category: Category;
  isFirst: boolean;
  isLast: boolean;
  changes: ReturnType<typeof useChanges>;
  onEdit: () => void;
  onDelete: () => void;
}

function CategoryRow({ category, isFirst, isLast, changes, onEdit, onDelete }: RowProps) {
  const t = useTranslations("admin");
  const { id, name, is_active, video_count, description } = category;
  return (
    <li>
      <div className={sections.words}>
        <p className={sections.name}>
          {name}{" "}
          {!is_active && (
            <Badge color="gray" variant="light" tt="none">
              {t("hidden")}
            </Badge>
          )}
        </p>
        <p className={sections.note}>
          {t("videoCount", { count: video_count })}
          {description && ` · ${description}`}
        </p>
      </div>
      <div className={sections.tools}>
        <Tooltip label={t("moveUp")}>
          <ActionIcon
            aria-label={t("moveUpOf", { name })}
            disabled={isFirst || changes.isPending}
            onClick={() => changes.move(id, -1)}
          >
            <IconArrowUp size={20} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t("moveDown")}>
          <ActionIcon
            aria-label={t("moveDownOf", { name })}
            disabled={isLast || changes.isPending}
            onClick={() => changes.move(id, 1)}
          >
            <IconArrowDown size={20} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={t("actionsFor", { name })}>
              <IconDotsVertical size={20} stroke={1.7} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={onEdit}>{t("edit")}</Menu.Item>
            <Menu.Item onClick={() => changes.turn(id, !is_active)}>
              {is_active ? t("hide") : t("show")}
            </Menu.Item>
            <Menu.Item c="var(--mantine-color-error)" onClick={onDelete}>
              {t("delete")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
    </li>
  );
}

export function CategoriesPage() {
  const t = useTranslations("admin");
  usePageTitle(t("categories"));
  const { data, error, refetch } = useQuery(categoriesQuery());
  const categories = data?.items ?? [];
  const changes = useChanges(categories);
  const [editing, setEditing] = useState<Category | "new" | null>(null);
  const [deleting, setDeleting] = useState<Category | null>(null);
  return (
    <Section
      title={t("categories")}
      hint={t("categoriesHint")}
      action={
        <Button leftSection={<IconPlus size={18} />} onClick={() => setEditing("new")}>
          {t("newCategory")}
        </Button>
      }
    >
      {error && !data && <ErrorMessage error={error} onRetry={() => void refetch()} heading={3} />}
      {!error && !data && <Skeleton h={200} radius="md" />}
      {data && categories.length === 0 && (
        <Message icon={IconFolders} title={t("noCategories")} heading={3}>
          {t("noCategoriesHint")}
        </Message>
      )}
      <ul className={sections.rows}>
        {categories.map((category, at) => (
          <CategoryRow
            key={category.id}
            category={category}
            isFirst={at === 0}
            isLast={at === categories.length - 1}
            changes={changes}
            onEdit={() => setEditing(category)}
            onDelete={() => setDeleting(category)}
          />
        ))}
      </ul>
      {editing && (
        <CategoryModal
          category={editing === "new" ? null : editing}
          nextOrder={categories.length + 1}
          onClose={() => setEditing(null)}
        />
      )}
      {deleting && (
        <DeleteCategoryModal
          category={deleting}
          others={categories.filter(({ id }) => id !== deleting.id)}
          onClose={() => setDeleting(null)}
        />
      )}
    </Section>
  );
}
