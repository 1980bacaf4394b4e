import { beforeAll, expect, test } from "vitest";
import { setLimits } from "@/features/uploads/limits";
import { asAttachment, LARGEST_PICTURE_BYTES } from "./checking";

const file = (name: string, type: string, size = 1) => {
  const made = new File(["x"], name, { type });
  return Object.defineProperty(made, "size", { value: size });
};
const refusal = (given: File, mayUpload = true) => asAttachment(given, mayUpload).error?.code;

beforeAll(() => setLimits({ max_file_size_bytes: 1000, accepted_formats: ["mp4", "mkv"] }));

test("pictures are known by their type and have a size", () => {
  expect(asAttachment(file("a", "image/png"), false)).toMatchObject({ kind: "image", error: null });
  expect(refusal(file("a.heic", "image/heic"))).toBe("picture_not_readable");
  expect(refusal(file("a", "image/png", LARGEST_PICTURE_BYTES + 1))).toBe("picture_too_large");
});

test("videos are for those who may upload", () => {
  expect(refusal(file("a.mkv", ""))).toBeUndefined();
  expect(refusal(file("a.mp4", "video/mp4"), false)).toBe("uploads_not_allowed");
  expect(refusal(file("a.mp4", "video/mp4", 1001))).toBe("file_too_large");
});

test("nothing else can be attached", () => {
  expect(refusal(file("a.pdf", "application/pdf"))).toBe("not_attachable");
});
