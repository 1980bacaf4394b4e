import Hls from "hls.js";
import { wholeRanges } from "./wholeRanges";

const { loader, fragLoadPolicy } = Hls.DefaultConfig;

/** What fails once often works at once; half a minute as by default, but the first time soon. */
const RETRY = { maxNumRetry: 9, retryDelayMs: 100, maxRetryDelayMs: 8000 };

Hls.DefaultConfig = {
  ...Hls.DefaultConfig,
  loader: wholeRanges(loader),
  fragLoadPolicy: { default: { ...fragLoadPolicy.default, errorRetry: RETRY } },
};

/** The hls.js of the whole site. */
export default Hls;
