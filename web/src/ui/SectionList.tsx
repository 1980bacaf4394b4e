import { Button, Skeleton } from "@mantine/core";
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactElement, ReactNode } from "react";
import { useTranslations } from "use-intl";
import { ErrorMessage } from "./Message";
import sections from "./Section.module.css";

interface SectionListProps<Item> {
  list: UseInfiniteQueryResult<InfiniteData<{ items: Item[] }>>;
  /** What stands in place of an empty list. */
  nothing: ReactNode;
  /** Draws one item as an `<li>` with a key. */
  children: (item: Item) => ReactElement;
}

/** The list of a settings page, page after page: waiting, failed, empty or there. */
export function SectionList<Item>({ list, nothing, children }: SectionListProps<Item>) {
  const t = useTranslations("common");
  const items = list.data?.pages.flatMap((page) => page.items);
  if (!items) {
    return list.error ? (
      <ErrorMessage error={list.error} heading={3} onRetry={() => void list.refetch()} />
    ) : (
      <Skeleton h={200} radius="md" role="status" aria-label={t("loading")} />
    );
  }
  return (
    <>
      {items.length === 0 && nothing}
      <ul className={sections.rows}>{items.map(children)}</ul>
      {list.hasNextPage && (
        <Button
          variant="default"
          fullWidth
          mt="md"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t("showMore")}
        </Button>
      )}
    </>
  );
}
