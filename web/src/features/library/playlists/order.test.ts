import { expect, test } from "vitest";
import { distinct, moved, nextOf, placeAfterKey, placeAt } from "./order";

test("an entry moves up, down and nowhere", () => {
  expect(moved(["a", "b", "c"], 2, 0)).toEqual(["c", "a", "b"]);
  expect(moved(["a", "b", "c"], 0, 1)).toEqual(["b", "a", "c"]);
  expect(moved(["a", "b", "c"], 1, 1)).toEqual(["a", "b", "c"]);
});

test("what is dragged takes the place of those whose middle it has passed", () => {
  const middles = [50, 150, 250];
  expect(placeAt(middles, 0, 60)).toBe(0);
  expect(placeAt(middles, 0, 160)).toBe(1);
  expect(placeAt(middles, 0, 999)).toBe(2);
  expect(placeAt(middles, 2, -5)).toBe(0);
});

test("keys move by one or to the ends, and never beyond", () => {
  expect(placeAfterKey("ArrowUp", 0, 3)).toBe(0);
  expect(placeAfterKey("ArrowDown", 1, 3)).toBe(2);
  expect(placeAfterKey("ArrowDown", 2, 3)).toBe(2);
  expect(placeAfterKey("Home", 2, 3)).toBe(0);
  expect(placeAfterKey("End", 0, 3)).toBe(2);
  expect(placeAfterKey("a", 0, 3)).toBeNull();
});

test("the next one is the next that can be played", () => {
  const item = (id: string, playable = true) => ({ id, asset: { playable } });
  const items = [item("a"), item("b", false), item("c")];
  expect(nextOf(items, "a")?.id).toBe("c");
  expect(nextOf(items, "c")).toBeUndefined();
  expect(nextOf(items, "not in it")).toBeUndefined();
});

test("nothing shows twice", () => {
  expect(distinct([{ id: "a" }, { id: "b" }, { id: "a" }])).toEqual([{ id: "a" }, { id: "b" }]);
});
