// @vitest-environment jsdom
import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { renderPart } from "@/testing/render";
import Markdown, { safeAddress } from "./Markdown";

const draw = (text: string) => renderPart(<Markdown text={text} />).container;

test("headings, lists and emphasis are what they look like", () => {
  draw("# Glue\n\nUse **little** of it.\n\n- paper\n- wire\n\n1. fold\n");
  expect(screen.getByRole("heading", { level: 3 })).toHaveTextContent("Glue");
  expect(screen.getByText("little").tagName).toBe("STRONG");
  expect(screen.getAllByRole("listitem")).toHaveLength(3);
});

test("HTML is text", () => {
  const hostile = [
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "<iframe src='/courses'></iframe>",
    "Well <b onclick='x()'>bold</b> and <svg onload=x()>",
    "<a href='javascript:x()'>here</a>",
  ];
  const page = draw(hostile.join("\n\n"));
  expect(page.querySelector("script, iframe, img, svg, b, a")).toBeNull();
  expect(page).toHaveTextContent("<script>alert(1)</script>");
});

test("links lead to pages and nowhere else", () => {
  draw(
    [
      "[good](https://example.org/a) [own](/courses) [mail](mailto:a@example.org)",
      "[one](javascript:alert(1)) [two](JaVaScRiPt:alert(1)) [three](data:text/html,x)",
      "[four](//evil.example) [five](vbscript:x) [six](java&#115;cript:alert(1))",
      "[seven][ref] <javascript:alert(1)>\n\n[ref]: javascript:alert(1)",
    ].join("\n\n"),
  );
  const addresses = screen.getAllByRole("link").map((link) => link.getAttribute("href"));
  expect(addresses).toEqual(["https://example.org/a", "/courses", "mailto:a@example.org"]);
  for (const link of screen.getAllByRole("link")) {
    expect(link).toHaveAttribute("rel", "noopener noreferrer");
  }
});

test("pictures from elsewhere are links, so that nothing is loaded from there", () => {
  const page = draw("![a lantern](https://example.org/lantern.png) ![x](javascript:alert(1))");
  expect(page.querySelector("img")).toBeNull();
  expect(screen.getByRole("link", { name: "a lantern" })).toHaveAttribute(
    "href",
    "https://example.org/lantern.png",
  );
});

test("an address of a link is not what a browser would run", () => {
  expect(safeAddress(" https://example.org ")).toBe("https://example.org");
  expect(safeAddress("/\\evil.example")).toBeUndefined();
  expect(safeAddress("\tjavascript:x()")).toBeUndefined();
  expect(safeAddress("courses/other")).toBeUndefined();
});
