import { beforeEach, expect, test, vi } from "vitest";
import type { SendHandlers } from "./queue";
import { sendByTus } from "./tus";

interface Options {
  onShouldRetry(error: unknown): boolean;
  onError(error: unknown): void;
}

const started: Options[] = [];

vi.mock("tus-js-client", () => ({
  Upload: class {
    constructor(
      _file: File,
      private readonly options: Options,
    ) {}

    start() {
      started.push(this.options);
    }
  },
}));

beforeEach(() => {
  started.length = 0;
});

const answer = (status: number, body = "") => ({
  originalResponse: { getStatus: () => status, getBody: () => body },
});

async function setUp() {
  const handlers = {
    onProgress: vi.fn(),
    onStalled: vi.fn(),
    onDone: vi.fn(),
    onOffline: vi.fn(),
    onError: vi.fn(),
  } satisfies SendHandlers;
  sendByTus("/api/uploads/1", new File(["x"], "a.mp4"), handlers);
  await vi.waitFor(() => expect(started).toHaveLength(1));
  const [options] = started;
  if (!options) throw new Error("nothing was started");
  return { handlers, options };
}

test.each([0, 502, 503, 504])("a server that answers %i for long is waited for", async (status) => {
  const { handlers, options } = await setUp();
  expect(options.onShouldRetry(answer(status))).toBe(true);
  options.onError(answer(status));
  expect(handlers.onOffline).toHaveBeenCalledOnce();
  expect(handlers.onError).not.toHaveBeenCalled();
});

test.each([
  [410, "upload_gone"],
  [415, "unsupported_format"],
  [507, "disk_full"],
])("%i is said at once", async (status, code) => {
  const { handlers, options } = await setUp();
  const refusal = answer(status, JSON.stringify({ code }));
  expect(options.onShouldRetry(refusal)).toBe(false);
  options.onError(refusal);
  expect(handlers.onStalled).not.toHaveBeenCalled();
  expect(handlers.onError).toHaveBeenCalledWith(expect.objectContaining({ status, code }));
});

test.each([
  [423, "upload_busy"],
  [500, "internal_error"],
])("%i is said when trying again does not help", async (status, code) => {
  const { handlers, options } = await setUp();
  const failure = answer(status, JSON.stringify({ code }));
  expect(options.onShouldRetry(failure)).toBe(true);
  options.onError(failure);
  expect(handlers.onStalled).not.toHaveBeenCalled();
  expect(handlers.onError).toHaveBeenCalledWith(expect.objectContaining({ status, code }));
});
