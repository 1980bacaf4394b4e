// Runs tus-js-client once, as argv[2] (JSON) says, and prints what happened as JSON.
import { createReadStream, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Readable } from 'node:stream'

const wanted = JSON.parse(process.argv[2])
const tus = createRequire(wanted.web)('tus-js-client')
const size = statSync(wanted.file).size
const seen = { offsets: [], statuses: [] }

function tell(outcome) {
  process.stdout.write(JSON.stringify({ ...seen, ...outcome, url: upload.url }))
  process.exit(0)
}

function source() {
  const stream = createReadStream(wanted.file)
  return wanted.deferred ? Readable.from(stream) : stream
}

const upload = new tus.Upload(source(), {
  endpoint: wanted.endpoint,
  uploadUrl: wanted.uploadUrl,
  headers: { Authorization: `Bearer ${wanted.token}` },
  metadata: { filename: 'talk.mp4', filetype: 'video/mp4' },
  chunkSize: wanted.chunkSize ?? Number.POSITIVE_INFINITY,
  retryDelays: wanted.retryDelays ?? null,
  uploadSize: wanted.deferred ? null : size,
  uploadLengthDeferred: wanted.deferred ?? false,
  uploadDataDuringCreation: wanted.withCreation ?? false,
  overridePatchMethod: wanted.override ?? false,
  onAfterResponse: (_, response) => {
    seen.statuses.push(response.getStatus())
  },
  onChunkComplete: (_, offset) => {
    seen.offsets.push(offset)
    if (wanted.stopAfter !== undefined && offset >= wanted.stopAfter) {
      upload.abort(wanted.terminate ?? false).then(() => tell({ outcome: 'aborted' }))
    }
  },
  onSuccess: () => tell({ outcome: 'success' }),
  onError: (error) => tell({ outcome: 'error', message: String(error) }),
})
upload.start()
