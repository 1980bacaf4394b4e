/** What the clock of the server says, as well as a page can know it. */

interface Sample {
  /** How much the server's clock is ahead, in milliseconds. */
  ahead: number;
  roundTrip: number;
}

const KEPT = 8;

/** This device's clock, which nobody sets back in the middle. */
const here = (): number => performance.timeOrigin + performance.now();

/** The quickest of the last answers tells most exactly: it was on its way for the shortest time. */
export class ServerClock {
  private samples: Sample[] = [];

  constructor(private readonly local: () => number = here) {}

  /** Asks something of the server whose answer says when it was given. */
  async hear<Answer>(
    ask: () => Promise<Answer>,
    at: (answer: Answer) => string | undefined,
  ): Promise<Answer> {
    const asked = this.local();
    const answer = await ask();
    const given = at(answer);
    const answered = this.local();
    if (given !== undefined) {
      const ahead = Date.parse(given) - (asked + answered) / 2;
      this.samples = [...this.samples, { ahead, roundTrip: answered - asked }].slice(-KEPT);
    }
    return answer;
  }

  /** Milliseconds since 1970 on the server. */
  now(): number {
    const [first, ...others] = this.samples;
    if (!first) return this.local();
    const best = others.reduce((one, two) => (two.roundTrip < one.roundTrip ? two : one), first);
    return this.local() + best.ahead;
  }
}

export const serverClock = new ServerClock();
