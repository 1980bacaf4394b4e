import { describe, expect, test } from "vitest";
import { textParts } from "./textParts";

const parts = (text: string) =>
  textParts(text, { usernames: new Set(["ann", "bea.b", "cy"]), duration: 3700 });

const found = (text: string) => parts(text).filter(({ kind }) => kind !== "text");

test("a text without anything is one part, and an empty one none", () => {
  expect(parts("Nice <b>film</b> & more")).toEqual([
    { kind: "text", text: "Nice <b>film</b> & more" },
  ]);
  expect(parts("")).toEqual([]);
});

test("nothing of the text is lost", () => {
  const text = "@Ann, look at 1:23 (or 2:00!) — https://example.org/a?b=1. @nobody 99:99";
  expect(
    parts(text)
      .map((part) => part.text)
      .join(""),
  ).toBe(text);
});

describe("mentions", () => {
  test("of people that the comment names, whatever the case", () => {
    expect(found("Thanks, @Ann!")).toEqual([{ kind: "mention", text: "@Ann", username: "ann" }]);
  });

  test("keep the dot of a name and leave that of the sentence", () => {
    expect(parts("With @bea.b.")).toEqual([
      { kind: "text", text: "With " },
      { kind: "mention", text: "@bea.b", username: "bea.b" },
      { kind: "text", text: "." },
    ]);
  });

  test.each(["@stranger", "mail@ann.org", "@@ann", "x@ann"])("%s is none", (text) => {
    expect(found(text)).toEqual([]);
  });
});

describe("times", () => {
  test.each([
    ["0:07", 7],
    ["1:23", 83],
    ["12:34", 754],
    ["1:00:05", 3605],
    ["01:01:05", 3665],
  ])("%s is a moment", (text, seconds) => {
    expect(found(`at ${text}, see`)).toEqual([{ kind: "time", text, seconds }]);
  });

  test.each(["1:2", "1:60", "2:00:00", "3:45:6", "10.1:20", "1:23.5", "2026-11:20", "1:61:00"])(
    "%s is none",
    (text) => {
      expect(found(text)).toEqual([]);
    },
  );

  test("lead nowhere where nothing plays", () => {
    expect(textParts("1:23", { usernames: new Set(), duration: null })).toEqual([
      { kind: "text", text: "1:23" },
    ]);
  });
});

describe("addresses", () => {
  test("end before the sentence does, and hide the times in them", () => {
    expect(found("See (https://example.org/1:23?t=1:23).")).toEqual([
      {
        kind: "link",
        text: "https://example.org/1:23?t=1:23",
        href: "https://example.org/1:23?t=1:23",
      },
    ]);
  });

  test.each(["javascript:alert(1)", "http://", "https://)"])("%s is none", (text) => {
    expect(found(text)).toEqual([]);
  });
});
