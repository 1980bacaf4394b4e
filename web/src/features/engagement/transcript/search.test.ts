import { expect, test } from "vitest";
import { cutAtFinds, fold, holds } from "./search";

test("accents and capitals do not matter", () => {
  expect(holds("Ayer comí en São Paulo", "SAO paulo")).toBe(true);
  expect(holds("año", "ano")).toBe(true);
  expect(holds("nothing", "thing else")).toBe(false);
});

test("folding never moves a character", () => {
  for (const text of ["Été", "İstanbul", "ﬁn", "👩‍👩‍👧 famille", "ǅ", "straße", "ñandú"]) {
    expect(fold(text)).toHaveLength(text.length);
  }
});

test("cuts a text at every find", () => {
  expect(cutAtFinds("Río, río, ríos", "rio")).toEqual(["", "Río", ", ", "río", ", ", "río", "s"]);
  expect(cutAtFinds("Río", " ")).toEqual(["Río"]);
  expect(cutAtFinds("Río", "mar")).toEqual(["Río"]);
  expect(cutAtFinds("a.b", ".")).toEqual(["a", ".", "b"]);
});

test("the pieces are the whole text", () => {
  const text = "Dijo que sí: ¡sí, sí!";
  expect(cutAtFinds(text, "si").join("")).toBe(text);
});
