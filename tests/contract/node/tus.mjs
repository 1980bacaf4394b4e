// Sends a file with tus-js-client to a Stream API address, as argv[2] (JSON) says; prints what it saw.
import { createReadStream, statSync } from "node:fs";
import * as tus from "tus-js-client";

const wanted = JSON.parse(process.argv[2]);
const seen = { ids: [] };

function tell(outcome) {
  process.stdout.write(JSON.stringify({ ...seen, ...outcome, url: upload.url }));
  process.exit(0);
}

const upload = new tus.Upload(createReadStream(wanted.file), {
  endpoint: wanted.endpoint,
  uploadUrl: wanted.uploadUrl,
  headers: wanted.token ? { Authorization: `Bearer ${wanted.token}` } : {},
  metadata: { name: "talk.mp4", filetype: "video/mp4", maxDurationSeconds: "600" },
  chunkSize: wanted.chunkSize ?? Number.POSITIVE_INFINITY,
  retryDelays: null,
  uploadSize: statSync(wanted.file).size,
  onAfterResponse: (_, response) => {
    seen.ids.push(response.getHeader("stream-media-id"));
  },
  onSuccess: () => tell({ outcome: "success" }),
  onError: (error) => tell({ outcome: "error", said: error.originalResponse?.getBody() ?? String(error) }),
});
upload.start();
