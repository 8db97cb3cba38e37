import { describe, expect, it } from 'vitest'
import { parametersOf, rangesOf } from '../../../src/shared/commands/declaration.ts'
import { commands, commandsOf } from '../../../src/shared/commands/index.ts'
import { knownElsewhere } from '../../../src/shared/commands/known-elsewhere.ts'
import { nearNames } from '../../../src/shared/explain/near-names.ts'
import { products, profileOf } from '../../../src/shared/products/catalog.ts'
import { WhyBench, wordsOf } from '../../fixtures/why-bench.ts'
import '../../fixtures/told-for-good.ts'

// Refused lines: unknown commands, and those that other products or newer software would accept (D-22, D-42).

const refused = '\r\nERROR\r\n'
const happened = (told: { readonly happened: readonly { readonly sentence: string }[] }): string =>
  told.happened.map(({ sentence }) => sentence).join('\n')

describe('names that are not emulated (D-42)', () => {
  const reasonOf = (bench: WhyBench): string => {
    const failure = bench.facts('result').at(-1)!.failure!
    return failure.sentence
  }

  it.each(['+CMGF=1', '#PING="x"', '+CGACT=1,1', '+CPBR=1'])(
    'W-1: AT%s is not emulated here: the hardware has it',
    async (line) => {
      const bench = new WhyBench()
      expect(bench.at(`AT${line}`)).toBe(refused)
      const told = await bench.why()
      const name = /^[+#]\w+/.exec(line)![0]
      expect(told.title).toBe(`${name} is not emulated here`)
      expect(happened(told)).toContain('The hardware has this command')
      expect(happened(told)).not.toContain('No product of the guide')
      expect(reasonOf(bench)).toBe(`${name} is not emulated here; the hardware has it.`)
    }
  )

  it.each(['+CEREG?', '+QCFG="x"', '#FWSWITCH?'])('W-1: AT%s is not on this product: others have it', async (line) => {
    const bench = new WhyBench({ product: 'GE865-QUAD' })
    expect(bench.at(`AT${line}`)).toBe(refused)
    const told = await bench.why()
    expect(told.title).toMatch(/ is not on this product$/)
    expect(happened(told)).toContain('belongs to other products')
    expect(reasonOf(bench)).toContain('is not on this product')
  })

  it.each([
    ['+CSSQ', ['+CSQ']],
    ['#SSLDD=1', ['#SSLD']],
    ['#SGCAT=1,1', ['#SGACT']],
    ['#FTPOPN="x"', ['#FTPOPEN']]
  ])('W-1: AT%s is unknown, and the nearest name that there is is offered', async (line, near) => {
    const bench = new WhyBench()
    expect(bench.at(`AT${line}`)).toBe(refused)
    const reason = reasonOf(bench)
    const told = await bench.why()
    expect(told.title).toMatch(/^There is no command /)
    expect(told.values[0]!.expected).toContain(near[0])
    expect(told.remedies[0]!.commands).toEqual([`AT${near[0]}=?`])
    expect(bench.at(told.remedies[0]!.commands[0]!)).toContain('OK')
    expect(reason).toContain(' is unknown: ')
  })

  it('W-1: a name like no other is unknown, and nothing is offered in its place', async () => {
    const bench = new WhyBench()
    bench.at('AT+ZZZZZZZ=1')
    const told = await bench.why()
    expect(told.values).toEqual([{ label: 'command', expected: null, got: '+ZZZZZZZ' }])
    expect(reasonOf(bench)).toContain('+ZZZZZZZ is unknown')
  })

  it('W-1: every known name gets one of the three kinds on every line, and none is called unknown', async () => {
    const names = knownElsewhere.flatMap((one) => one.names).filter((name) => /^[+#]\w+$/.test(name))
    for (const product of ['GE865-QUAD', 'HE910', 'GE910-QUAD', 'GL865-QUAD V3']) {
      const here = commandsOf(profileOf(product))
      const bench = new WhyBench({ product })
      for (const name of names.filter((one) => !here.has(one))) {
        bench.at(`AT${name}?`)
        expect(reasonOf(bench), `${product} ${name}`).toMatch(/ is not (emulated here|on this product)|has no command/)
      }
    }
  })

  it('W-1: names within two edits are offered, and others are not', () => {
    const names = ['#SSLD', '#SSLH', '#SSLSEND', '+CSQ']
    expect(nearNames('#SLSD', names)).toEqual(['#SSLD', '#SSLH'])
    expect(nearNames('#SSLX', names)).toEqual(['#SSLD', '#SSLH'])
    expect(nearNames('+CMGF', names)).toEqual([])
    expect(nearNames('#'.padEnd(400, 'A'), names)).toEqual([])
  })
})

describe('what other products or newer software would have taken', () => {
  it('W-4: the fourth parameter of #SSLSECCFG belongs to HE910 and UE910; a GE910 takes PEM', async () => {
    const bench = new WhyBench({ product: 'GE910-QUAD' })
    bench.at('AT#SSLEN=1,1')
    expect(bench.at('AT#SSLSECCFG=1,0,1,1')).toBe(refused)
    const told = await bench.why()
    expect(happened(told)).toContain('The fourth parameter, <certFormat>, belongs to HE910 and UE910.')
    expect(happened(told)).toContain('This product accepts certificates and keys only as PEM.')
    expect(told.remedies[0]!.commands).toEqual(['AT#SSLSECCFG=1,0,1'])
    expect(bench.mend(told.remedies[0]!)).toBe('\r\nOK\r\n')
  })

  it.each([
    ['GE865-QUAD', 'AT#SSLSECCFG=1,4,0', '4 of <suite>', ['HE910 and UE910']],
    ['HE910', 'AT#SSLH=1,1', '1 of <closureType>', ['GC, GE/GL and GT', 'keeps no TLS session']]
  ])('W-4: %s, %s: who takes it', async (product, line, value, words) => {
    const bench = new WhyBench({ product })
    bench.at('AT#SSLEN=1,1')
    bench.at(line)
    const told = await bench.why()
    expect(happened(told)).toContain(value)
    for (const word of words) expect(happened(told)).toContain(word)
  })

  it.each([
    ['HE910', 'AT#SSLFASTD=1,1', 'It belongs to GC, GE/GL and GT.'],
    ['HE910', 'AT#CPUMODE=1', 'It belongs to GC, GE/GL with software 10 or 16 and GT.'],
    ['GE910-QUAD', 'AT#CPUMODE=1', 'GE/GL with software 10 or 16']
  ])('W-4: %s, %s: the command belongs to others', async (product, line, words) => {
    const bench = new WhyBench({ product })
    expect(bench.at(line)).toBe(refused)
    expect(happened(await bench.why())).toContain(words)
  })

  it.each([
    ['HE910', '12.00.xx4', 'AT#SSLSENDEXT=1,4', '12.00.xx5'],
    ['GE865-QUAD', '10.00.xx3', 'AT#SSLEN=1,1', '10.00.xx5'],
    ['GE865-QUAD', '10.00.xx7', 'AT#SSLCFG=1,1,300,90,100,50,1', '10.01.xx3']
  ])('W-4: %s %s, %s: newer software has it', async (product, software, line, newer) => {
    const bench = new WhyBench({ product, software })
    bench.at('AT#SSLEN=1,1')
    bench.at(line)
    expect(happened(await bench.why())).toContain(`this product with software ${newer} or newer`)
  })

  /** Every parameter, and every limit of a range, that some product accepts and the chosen one does not. */
  const cases = ['HE910', 'GE865-QUAD', 'GE910-QUAD'].flatMap((product) => {
    const here = profileOf(product)
    return [...commandsOf(here).values()].flatMap((command) => {
      const own = parametersOf(command, here)
      const everybody = products
        .flatMap(({ name, software }) => software.map((version) => profileOf(name, version.name)))
        .filter((one) => command.exists?.(one) ?? true)
      return own.flatMap((parameter, index) => {
        if (parameter.kind !== 'number' || own.slice(0, index).some(({ kind }) => kind === 'text')) return []
        const takes = (value: number, profile = here): boolean =>
          rangesOf(parameter, profile).some(([from, to]) => value >= from && value <= to)
        const highest = Math.max(...everybody.flatMap((one) => rangesOf(parameter, one).map(([, to]) => to)))
        if (takes(highest)) return []
        const first = own.slice(0, index).map((one) => (one.kind === 'number' ? rangesOf(one, here)[0]![0] : 0))
        return [[product, `AT${command.name}=${[...first, highest].join(',')}`, parameter.name, highest] as const]
      })
    })
  })

  it('W-4: finds such values in the declarations', () => {
    expect(cases.length).toBeGreaterThan(3)
    expect(commands.length).toBeGreaterThan(0)
  })

  it.each(cases)('W-4: %s, %s: <%s> %d is told to belong to others', async (product, line, name, value) => {
    const bench = new WhyBench({ product })
    bench.at('AT#SSLEN=1,1')
    bench.at(line)
    const told = await bench.why()
    expect(told.title).toBe(`${product} does not have <${name}> ${value}`)
    expect(happened(told)).toMatch(/ belongs to /)
  })

  it('W-4: what nobody takes is blamed on nobody', async () => {
    const bench = new WhyBench()
    bench.at('AT#SSLEN=1,1')
    bench.at('AT#SSLSECCFG=1,9,0')
    expect(happened(await bench.why())).not.toContain('belongs to')
    bench.at('AT#SSLEN=1,1,1,1,1')
    expect(happened(await bench.why())).not.toContain('belongs to')
  })
})

describe('lines that are too long', () => {
  const long = (chars: number): string => `AT+CGDCONT=1,"IP","${'a'.repeat(chars - 20)}"`

  it('W-6: on the newest software no newer one is offered, and it is called a line of so many characters', async () => {
    const bench = new WhyBench()
    expect(bench.at(long(500))).toBe(refused)
    const told = await bench.why()
    expect(told.asked.sentence).toBe('A command line of 500 characters.')
    expect(told.values).toEqual([{ label: 'line', expected: '400 characters at most', got: '500 characters' }])
    expect(wordsOf(told)).not.toMatch(/software|no command/)
    expect(told.remedies.map(({ act }) => act)).not.toContain('choose-product')
  })

  it('W-4: on older software the one that takes it is named, and only where it does', async () => {
    const bench = new WhyBench({ software: '12.00.xx4' })
    bench.at(long(200))
    const told = await bench.why()
    expect(happened(told)).toContain('this product with software 12.00.xx5 or newer')
    expect(told.remedies.at(-1)).toMatchObject({ act: 'choose-product' })
    bench.at(long(500))
    expect(happened(await bench.why())).not.toContain('software')
  })
})

describe('what a refused line should have been', () => {
  const commandName = (found: string): string => `A command name has only letters and digits, not ${found}.`

  it.each([
    ['#__proto__', 'After # comes a command name of letters and digits, not _.'],
    ['#__proto__=1', 'After # comes a command name of letters and digits, not _.'],
    ['#A_B=1', commandName('_')],
    ['+MY-NAME', commandName('-')],
    ['+CSQ!', 'After +CSQ comes =, ? or nothing.']
  ])('W-1: AT%s: the sentence says what is wrong with the name', async (line, sentence) => {
    const bench = new WhyBench()
    expect(bench.at(`AT${line}`)).toBe(refused)
    expect(happened(await bench.why())).toBe(sentence)
  })

  it.each([
    ['ATI99', '<n> of ATI is out of range.', '0, 3 or 4', 'Use 0, 3 or 4.'],
    ['ATE7', '<n> of ATE is out of range.', '0 or 1', 'Use 0 or 1.'],
    ['AT&K9', '<n> of AT&K is out of range.', '0 to 6', 'Use 0 to 6.']
  ])(
    'W-1: %s: the command and each of its values read as a person types them',
    async (line, sentence, expected, remedy) => {
      const bench = new WhyBench()
      expect(bench.at(line)).toBe(refused)
      const told = await bench.why()
      expect(happened(told)).toBe(sentence)
      expect(told.values[0]).toMatchObject({ expected, got: /\d+$/.exec(line)![0] })
      expect(told.remedies[0]!.sentence).toBe(remedy)
    }
  )
})
