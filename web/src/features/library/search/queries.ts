import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import * as api from "@/api/gen";

type SearchQuery = api.SearchVideosData["query"];

/** What the address of the search page holds. */
export type Search = {
  [Key in "q" | "category" | "uploader" | "length" | "since"]?: NonNullable<SearchQuery[Key]>;
};
export type SearchLength = NonNullable<Search["length"]>;
export type SearchAge = NonNullable<Search["since"]>;

export const LENGTHS: readonly SearchLength[] = ["short", "medium", "long"];
export const AGES: readonly SearchAge[] = ["week", "month", "year"];
export const LONGEST_QUERY = 200;

const text = (value: unknown): string | undefined =>
  typeof value === "string" || typeof value === "number"
    ? String(value).trim().slice(0, LONGEST_QUERY) || undefined
    : undefined;

/** Reads an address that anybody may have typed. */
export function readSearch(given: Record<string, unknown>): Search {
  const found: Search = {
    q: text(given.q),
    category: text(given.category),
    uploader: text(given.uploader),
    length: LENGTHS.find((length) => length === given.length),
    since: AGES.find((age) => age === given.since),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

const PAGE_SIZE = 20;

export const searchQuery = ({ q = "", ...filters }: Search) =>
  infiniteQueryOptions({
    queryKey: ["videos", "search", q, filters],
    queryFn: ({ pageParam, signal }) =>
      api.searchVideos({ query: { q, ...filters, cursor: pageParam, limit: PAGE_SIZE }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    enabled: q !== "",
    placeholderData: keepPreviousData,
  });

export const suggestionsQuery = (typed: string) =>
  queryOptions({
    queryKey: ["suggestions", typed],
    queryFn: ({ signal }) => api.suggest({ query: { q: typed }, signal }),
    enabled: typed !== "",
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });

export const peopleQuery = (typed: string) =>
  queryOptions({
    queryKey: ["people", "like", typed],
    queryFn: ({ signal }) => api.listPeople({ query: { query: typed }, signal }),
    enabled: typed !== "",
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });
