// @vitest-environment jsdom
import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { ApiError, toApiError } from "@/api/client";
import { renderPart } from "@/testing/render";
import { isFilledBy, readableFields, useErrorText } from "./errors";

function Text({ error }: { error: unknown }) {
  return <p>{useErrorText()(error)}</p>;
}

const shown = (error: unknown) => {
  renderPart(<Text error={error} />);
  return screen.getByText(/.+/).textContent;
};

test("a known code is said in the words of the page", () => {
  expect(shown(new ApiError(409, { code: "username_taken" }))).toBe(
    "Somebody has this name already.",
  );
});

test("sizes and times in a refusal are readable", () => {
  const error = new ApiError(413, { code: "file_too_large", max_file_size_bytes: 2_147_483_648 });
  expect(shown(error)).toBe("This file is too large. Files may have up to 2 GB.");
});

test("a refusal that says when to come back says so", () => {
  const error = new ApiError(429, { code: "too_many_sign_ins", retry_after: 42 });
  expect(shown(error)).toBe("Too many attempts. Please try again in 45 sec.");
});

test("a code this page does not know falls back to the server's words", () => {
  const error = new ApiError(409, { code: "brand_new", title: "T", detail: "The server says so." });
  expect(shown(error)).toBe("The server says so.");
});

test("a text whose details did not come gives way to the server's own", () => {
  const error = new ApiError(413, { code: "file_too_large", title: "Too large." });
  expect(shown(error)).toBe("Too large.");
});

test("what is no refusal at all is our fault", () => {
  expect(shown(new TypeError("undefined is not a function"))).toBe(
    "Something went wrong on our side. Please try again.",
  );
});

test("no reply means no connection", () => {
  expect(toApiError(new TypeError("Failed to fetch"), undefined)).toMatchObject({
    status: 0,
    code: "network",
  });
});

test("a reply that is no problem document still becomes one", () => {
  const response = new Response("<html>Bad gateway</html>", { status: 502 });
  expect(toApiError("<html>Bad gateway</html>", response)).toMatchObject({
    status: 502,
    code: "internal_error",
  });
});

test("refusals by field are found", () => {
  const error = new ApiError(422, { code: "invalid", errors: [{ field: "email", message: "No" }] });
  expect(error.problems).toEqual([{ field: "email", message: "No" }]);
});

test("lists of kinds are read as a list", () => {
  expect(readableFields({ accepted_formats: ["mp4", "mkv"] }, "en")).toEqual({
    accepted_formats: "mp4 or mkv",
  });
});

test("a text is filled only when all its places are", () => {
  expect(isFilledBy("up to {size}", { size: 1 })).toBe(true);
  expect(isFilledBy("up to {size} on {day}", { size: 1 })).toBe(false);
});
