import { expect, test } from "vitest";
import en from "./en";
import es from "./es";

type Tree = { [key: string]: string | Tree };

function flatten(tree: Tree, prefix = ""): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const path = prefix ? `${prefix}.${key}` : key;
    if (typeof value === "string") texts.set(path, value);
    else for (const [inner, text] of flatten(value, path)) texts.set(inner, text);
  }
  return texts;
}

// A brace after a plural's case holds words, every other one a place to fill in.
const PLACE = /(?<!(?:one|other|=\d+) )\{(\w+)(?=[},])/g;

const places = (text: string) =>
  [...new Set([...text.matchAll(PLACE)].map(([, name]) => name))].sort();

const english = flatten(en);
const spanish = flatten(es);

test("both languages say the same things", () => {
  expect([...spanish.keys()].sort()).toEqual([...english.keys()].sort());
});

test("no text is empty", () => {
  for (const texts of [english, spanish]) {
    expect([...texts].filter(([, text]) => !text.trim())).toEqual([]);
  }
});

test("every text has the same places to fill in both languages", () => {
  const differing = [...english].filter(
    ([key, text]) => places(text).join() !== places(spanish.get(key) ?? "").join(),
  );
  expect(differing.map(([key]) => key)).toEqual([]);
});

test("Spanish is really translated", () => {
  const same = [...english].filter(([key, text]) => text.length > 14 && spanish.get(key) === text);
  expect(same.map(([key]) => key)).toEqual([]);
});
