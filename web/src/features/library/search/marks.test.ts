import { expect, test } from "vitest";
import { markWords } from "./marks";

const marked = (text: string, query: string) =>
  markWords(text, query)
    .filter(({ isMarked }) => isMarked)
    .map((part) => part.text);

test("the parts are the whole text", () => {
  const text = "…the old lighthouse, again: Lighthouses!";
  const parts = markWords(text, "light house lighthouse");
  expect(parts.map((part) => part.text).join("")).toBe(text);
});

test.each([
  ["We cooked all day", "cooking", ["cooked"]],
  ["The old lighthouse keeper", "lighthouse KEEPERS", ["lighthouse", "keeper"]],
  ["Las montañas y la Montaña", "montana", ["montañas", "Montaña"]],
  ["Cantamos canciones", "canción", ["canciones"]],
  ["A friendly friend", "frie", ["friendly", "friend"]],
  ["a cat, a car and a card", "car", ["car", "card"]],
  ["東京の夜", "東京", ["東京の夜"]],
  ["nothing of it", "🏔 %", []],
  ["as it was", "a* NOT b", []],
  ["<b>bold</b> & brave", "bold", ["bold"]],
])("in “%s”, “%s” marks %j", (text, query, expected) => {
  expect(marked(text, query)).toEqual(expected);
});
