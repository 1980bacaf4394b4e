import type { HlsConfig, Loader, LoaderContext } from "hls.js";
import { expect, test, vi } from "vitest";
import { wholeRanges } from "./wholeRanges";

type Args = Parameters<Loader<LoaderContext>["load"]>;

/** What becomes of an answer of so many bytes to such a question. */
function answer(asked: object, bytes: number) {
  const response = { url: "/v.mp4", data: new ArrayBuffer(bytes), code: 206 };
  class Network {
    load(...[context, , callbacks]: Args) {
      callbacks.onSuccess(response, {} as never, context, null);
    }
  }
  const LoaderClass = wholeRanges(Network as unknown as HlsConfig["loader"]);
  const callbacks = { onSuccess: vi.fn(), onError: vi.fn(), onTimeout: vi.fn() };
  new LoaderClass({} as HlsConfig).load(asked as LoaderContext, {} as Args[1], callbacks);
  return callbacks;
}

test("takes a range that has come whole, and files without one", () => {
  expect(answer({ rangeStart: 825, rangeEnd: 60_640 }, 59_815).onSuccess).toHaveBeenCalledOnce();
  expect(answer({}, 3).onSuccess).toHaveBeenCalledOnce();
});

test("calls a range that was cut short an error that can be tried again", () => {
  const { onSuccess, onError } = answer({ rangeStart: 825, rangeEnd: 60_640 }, 3271);
  expect(onSuccess).not.toHaveBeenCalled();
  expect(onError.mock.calls[0]?.[0]).toMatchObject({ code: 206 });
});
