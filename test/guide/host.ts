import { Bench } from '../fixtures/bench.ts'

/**
 * The host of a module on the bench: types bytes into an AT port, reads bytes from it, and lets module time pass until
 * the response is there. It uses nothing else of the module.
 */
export class Host {
  /** `bench`: an existing bench, if given. */
  constructor(
    options: ConstructorParameters<typeof Bench>[0] = {},
    readonly instance = 0,
    readonly bench: Bench = new Bench(options)
  ) {
    this.type('ATE0\r')
  }

  /** Types an AT line. Returns the output up to the final result code, the prompt or CONNECT. */
  at(line: string, limitMs = 20_000): string {
    return this.until(finalResult, this.type(`${line}\r`), limitMs, line)
  }

  /** Types several lines one after the other. Returns the joined responses. */
  lines(...lines: readonly string[]): string {
    return lines.map((line) => this.at(line)).join('')
  }

  /** Types bytes at a prompt or in online mode. Returns the immediate output. */
  type(what: string | Uint8Array): string {
    return this.bench.type(what, this.instance)
  }

  /** Types the end of an entry and waits for the result code. */
  enter(what: string | Uint8Array, limitMs = 20_000): string {
    return this.until(finalResult, this.type(what), limitMs, 'the entry')
  }

  /** Lets time pass. Returns the output of that time. */
  wait(ms: number): string {
    return this.bench.pass(ms).output()
  }

  /** Sends the escape sequence (D-18): silence, `+++`, silence. */
  escape(): string {
    const before = this.wait(1100)
    return before + this.until(/\r\nOK\r\n$/, this.type('+++'), 2000, '+++')
  }

  /** Stores PEM in one of the three slots. */
  store(dataType: 0 | 1 | 2, pem: string): string {
    const prompt = this.at(`AT#SSLSECDATA=1,1,${dataType},${pem.length}`)
    return prompt.endsWith('> ') ? this.enter(`${pem}\x1a`) : prompt
  }

  /** Activates the context, enables SSL and numeric errors: the start of the guide's examples. */
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

/** URCs may follow a result code at once; the result code itself counts. */
const finalResult = /(^|\r\n)(OK|ERROR|CONNECT|NO CARRIER|\+CME ERROR: [^\r]+)\r\n|\r\n> $/

const STEP_MS = 5
