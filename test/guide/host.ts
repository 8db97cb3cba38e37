import { Bench } from '../fixtures/bench.ts'

/**
 * The host of a module on the bench: it types bytes into an AT port and reads bytes from it, and lets module time pass
 * until the answer is there. It knows nothing of the module's insides.
 */
export class Host {
  /** `bench`: the one to be used, where it is not just any. */
  constructor(
    options: ConstructorParameters<typeof Bench>[0] = {},
    readonly instance = 0,
    readonly bench: Bench = new Bench(options)
  ) {
    this.type('ATE0\r')
  }

  /** Types an AT line and answers what the module prints up to the final result, or to the prompt or CONNECT. */
  at(line: string, limitMs = 20_000): string {
    return this.until(finalResult, this.type(`${line}\r`), limitMs, line)
  }

  /** The same in one breath: several lines, the answers joined. */
  lines(...lines: readonly string[]): string {
    return lines.map((line) => this.at(line)).join('')
  }

  /** Types at a prompt or online, as it is, and answers what comes at once. */
  type(what: string | Uint8Array): string {
    return this.bench.type(what, this.instance)
  }

  /** Types what ends an entry and waits for its result. */
  enter(what: string | Uint8Array, limitMs = 20_000): string {
    return this.until(finalResult, this.type(what), limitMs, 'the entry')
  }

  /** Lets time pass, and answers what the module printed meanwhile. */
  wait(ms: number): string {
    return this.bench.pass(ms).output()
  }

  /** The guarded escape (D-18): silence, `+++`, silence. */
  escape(): string {
    const before = this.wait(1100)
    return before + this.until(/\r\nOK\r\n$/, this.type('+++'), 2000, '+++')
  }

  /** Stores one of the three data at the prompt, as PEM. */
  store(dataType: 0 | 1 | 2, pem: string): string {
    const prompt = this.at(`AT#SSLSECDATA=1,1,${dataType},${pem.length}`)
    return prompt.endsWith('> ') ? this.enter(`${pem}\x1a`) : prompt
  }

  /** Context up, SSL on, numeric errors: where the examples of the guide begin. */
  ready(): this {
    this.lines('AT+CMEE=1', 'AT#SGACT=1,1', 'AT#SSLEN=1,1')
    return this
  }

  private until(wanted: RegExp, text: string, limitMs: number, what: string): string {
    for (let passedMs = 0; !wanted.test(text); passedMs += STEP_MS) {
      if (passedMs > limitMs)
        throw new Error(`${what}: no result within ${limitMs} ms of module time, only ${JSON.stringify(text)}.`)
      text += this.wait(STEP_MS)
    }
    return text
  }
}

/** Reports may follow a result at once; the result itself is what counts. */
const finalResult = /(^|\r\n)(OK|ERROR|CONNECT|NO CARRIER|\+CME ERROR: [^\r]+)\r\n|\r\n> $/

const STEP_MS = 5
