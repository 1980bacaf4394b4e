import { expect, test } from "vitest";
import type { Membership } from "@/api/types";
import { withContains, withWatchLater } from "./membership";

const list = (id: string, kind: Membership["kind"] = "normal"): Membership => ({
  id,
  kind,
  title: id,
  is_public: false,
  contains: false,
});

test("watch later comes first, also before it was ever used", () => {
  const kinds = (items: Membership[]) => items.map(({ kind }) => kind);
  expect(kinds(withWatchLater([]))).toEqual(["watch_later"]);
  expect(kinds(withWatchLater([list("a"), list("w", "watch_later")]))).toEqual([
    "watch_later",
    "normal",
  ]);
});

test("a change shows at once and touches no other list", () => {
  const changed = withContains([list("a"), list("b")], list("b"), true);
  expect(changed.map(({ contains }) => contains)).toEqual([false, false, true]);
});

test("watch later can be set before anything was fetched", () => {
  const changed = withContains(undefined, { id: "", kind: "watch_later" }, true);
  expect(changed.map(({ contains }) => contains)).toEqual([true]);
});

test("what was set before the list was made stays set once it has an id", () => {
  const changed = withContains([list("w", "watch_later")], { id: "", kind: "watch_later" }, true);
  expect(changed[0]).toMatchObject({ id: "w", contains: true });
});
