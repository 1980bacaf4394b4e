import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Category } from "@/api/types";
import { useDragOrder } from "@/features/library/playlists/useDragOrder";
import { categoriesQuery } from "@/features/library/queries";
import { IconFolders, IconPlus } from "@/ui/icons";
import { ErrorMessage, Message } from "@/ui/Message";
import { usePageTitle } from "@/ui/page";
import { Section } from "@/ui/Section";
import classes from "./Categories.module.css";
import { CategoryModal } from "./CategoryModal";
import { CategoryRow, HINT_ID } from "./CategoryRow";
import { DeleteCategoryModal } from "./DeleteCategoryModal";
import { useCategoryChanges } from "./useCategoryChanges";

interface RowsProps {
  categories: Category[];
  onEdit: (category: Category) => void;
  onDelete: (category: Category) => void;
}

function Rows({ categories, onEdit, onDelete }: RowsProps) {
  const t = useTranslations("admin");
  const [said, setSaid] = useState("");
  const changes = useCategoryChanges(categories);
  const count = categories.length;
  const move = (from: number, to: number) => {
    const category = categories[from];
    if (!category || from === to) return;
    changes.move(from, to);
    setSaid(t("movedTo", { name: category.name, place: to + 1, count }));
  };
  const { list, handle, shiftOf, draggedAt, cancel } = useDragOrder(move);
  return (
    <>
      <ol
        ref={list}
        className={classes.rows}
        aria-label={t("categories")}
        data-dragging={draggedAt !== null || undefined}
      >
        {categories.map((category, at) => (
          <CategoryRow
            key={category.id}
            category={category}
            at={at}
            count={count}
            isDragged={draggedAt === at}
            shift={shiftOf(at)}
            handle={handle(at)}
            onMove={(to) => move(at, to)}
            onCancel={cancel}
            onTurn={() => changes.turn(category.id, !category.is_active)}
            onEdit={() => onEdit(category)}
            onDelete={() => onDelete(category)}
          />
        ))}
      </ol>
      <p id={HINT_ID} hidden>
        {t("moveHint")}
      </p>
      <div className="visually-hidden" role="status">
        {said}
      </div>
    </>
  );
}

export function CategoriesPage() {
  const t = useTranslations("admin");
  usePageTitle(t("categories"));
  const { data, error, refetch } = useQuery(categoriesQuery());
  const categories = data?.items ?? [];
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
      {categories.length > 0 && (
        <Rows categories={categories} onEdit={setEditing} onDelete={setDeleting} />
      )}
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
