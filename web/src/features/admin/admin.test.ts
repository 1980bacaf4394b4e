import { expect, test } from "vitest";
import { reorder } from "./categoryOrder";
import { changesOf } from "./OptionsPage";

const shelf = ["a", "b", "c"].map((id, at) => ({ id, sort_order: at + 1 }));

test("moving a category changes the places between, and leaves the others", () => {
  expect(reorder(shelf, 1, 0)).toEqual([
    { id: "b", sort_order: 1 },
    { id: "a", sort_order: 2 },
  ]);
  expect(reorder(shelf, 0, 2).map(({ id }) => id)).toEqual(["b", "c", "a"]);
  expect(reorder(shelf, 1, 1)).toEqual([]);
});

test("categories that shared a place get places of their own", () => {
  const same = ["a", "b"].map((id) => ({ id, sort_order: 0 }));
  expect(reorder(same, 1, 0)).toEqual([
    { id: "b", sort_order: 1 },
    { id: "a", sort_order: 2 },
  ]);
});

test("only changed options are sent", () => {
  const before = { name: "A", heights: [360, 720], open: true };
  expect(changesOf(before, { ...before, heights: [360] })).toEqual({ heights: [360] });
  expect(changesOf(before, { ...before })).toEqual({});
});
