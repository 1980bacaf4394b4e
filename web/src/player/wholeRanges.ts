import type { HlsConfig, Loader, LoaderContext, LoaderResponse } from "hls.js";

type LoaderClass = HlsConfig["loader"];
type Load = Loader<LoaderContext>["load"];

function isCutShort({ rangeStart = 0, rangeEnd }: LoaderContext, { data }: LoaderResponse) {
  return rangeEnd && data instanceof ArrayBuffer && data.byteLength < rangeEnd - rangeStart;
}

/**
 * A loader that takes a part of a file only whole, and calls everything less an error to try again.
 *
 * Where Chromium keeps its cache in memory, as in a private window, it says of a range that it has
 * a little of: here it is, and stops at the next 4096th byte.
 */
export function wholeRanges(Base: LoaderClass): LoaderClass {
  return class extends Base {
    override load(...[context, config, callbacks]: Parameters<Load>) {
      super.load(context, config, {
        ...callbacks,
        onSuccess: (response, stats, asked, details) => {
          if (!isCutShort(asked, response)) callbacks.onSuccess(response, stats, asked, details);
          else
            callbacks.onError(
              { code: response.code ?? 0, text: "cut short" },
              asked,
              details,
              stats,
            );
        },
      });
    }
  };
}
