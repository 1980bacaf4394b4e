import { expect, test } from "vitest";
import { readDetail } from "./auditDetail";

test("an action on one value tells that pair", () => {
  const { changes } = readDetail({ from: "member", to: "admin" });
  expect(changes).toEqual([{ name: null, from: "member", to: "admin" }]);
});

test("several values are told by name", () => {
  const detail = { site_name: { from: "A", to: "B" }, keep_originals: { from: true, to: false } };
  expect(readDetail(detail).changes).toEqual([
    { name: "site_name", from: "A", to: "B" },
    { name: "keep_originals", from: true, to: false },
  ]);
});

test("names and lists of fields are no changes", () => {
  const detail = { name: "Herons", fields: ["tags", "title"] };
  expect(readDetail(detail)).toEqual({ changes: [], fields: ["tags", "title"] });
});
