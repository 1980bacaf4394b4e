/** Records from the microphone: how loud it is at each moment, and the recording in the end. */

export const LONGEST_SECONDS = 60;
const LEVEL_EVERY_MS = 80;
const PEAKS = 64;
/** A voice is rarely louder than this share of what a microphone can take. */
const LOUD = 0.5;
const FORMATS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];

export type Trouble = "troubleAbsent" | "troubleInsecure" | "troubleRefused" | "troubleBroken";

export interface Recorded {
  file: File;
  seconds: number;
  waveform: number[];
}

/** The loudest of each stretch, the loudest of all being 100. */
export function waveformOf(levels: readonly number[], count = PEAKS): number[] {
  const most = Math.max(0.02, ...levels);
  const step = Math.max(1, levels.length / count);
  return Array.from({ length: Math.min(count, levels.length) }, (_, at) => {
    const stretch = levels.slice(Math.floor(at * step), Math.floor((at + 1) * step));
    return Math.round((100 * Math.max(0, ...stretch)) / most);
  });
}

/** Why there is no sound to record, in a word that the page has a sentence for. */
export function troubleOf(error: unknown): Trouble {
  const name = error instanceof Error ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "troubleRefused";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "troubleAbsent";
  return "troubleBroken";
}

export class Recorder {
  private readonly startedAt = performance.now();
  private readonly parts: Blob[] = [];
  private readonly levels: number[] = [];
  private readonly timer: ReturnType<typeof setInterval>;

  private constructor(
    private readonly stream: MediaStream,
    private readonly media: MediaRecorder,
    private readonly ears: AudioContext,
    onLevel: (levels: readonly number[], seconds: number) => void,
  ) {
    const analyser = ears.createAnalyser();
    analyser.fftSize = 1024;
    ears.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    this.timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      const level = Math.max(...samples.map(Math.abs));
      this.levels.push(Math.min(1, level / LOUD));
      onLevel(this.levels, this.seconds());
    }, LEVEL_EVERY_MS);
    media.ondataavailable = ({ data }) => this.parts.push(data);
    media.start(1000);
  }

  /** Asks for the microphone and begins; throws what `troubleOf` explains. */
  static async begin(
    onLevel: (levels: readonly number[], seconds: number) => void,
  ): Promise<Recorder> {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const mimeType = FORMATS.find((one) => MediaRecorder.isTypeSupported(one));
    const media = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: 48_000 });
    return new Recorder(stream, media, new AudioContext(), onLevel);
  }

  /** Ends the recording and returns it. */
  async stop(): Promise<Recorded> {
    const seconds = Math.min(this.seconds(), LONGEST_SECONDS);
    const stopped = new Promise((resolve) => {
      this.media.onstop = resolve;
    });
    this.media.stop();
    await stopped;
    this.close();
    const { mimeType } = this.media;
    const ending = mimeType.includes("mp4") ? "m4a" : mimeType.includes("ogg") ? "ogg" : "webm";
    const file = new File(this.parts, `voice.${ending}`, { type: mimeType });
    return { file, seconds, waveform: waveformOf(this.levels) };
  }

  /** Lets go of the microphone; what was recorded is gone. */
  close(): void {
    clearInterval(this.timer);
    for (const track of this.stream.getTracks()) track.stop();
    if (this.ears.state !== "closed") void this.ears.close();
  }

  private seconds(): number {
    return (performance.now() - this.startedAt) / 1000;
  }
}
