import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { playTranscript } from '../../../src/main/check/player.ts'
import type { CheckRig } from '../../../src/main/check/rig.ts'
import { SecretBook } from '../../../src/main/check/secret-book.ts'
import { ProfileSwitches } from '../../../src/main/module/profile-switches.ts'
import { parseCommandLine } from '../../../src/main/options/options.ts'
import { usage } from '../../../src/main/options/usage.ts'
import { TranscriptError } from '../../../src/main/timeline/transcript/format.ts'
import { parseTranscript } from '../../../src/main/timeline/transcript/parser.ts'
import { products, profileOf } from '../../../src/shared/products/catalog.ts'
import {
  changedSettings,
  changeOf,
  parseSwitch,
  profileSwitches,
  switchPositions,
  withSwitches,
  type SwitchSettings
} from '../../../src/shared/products/switches.ts'
import type { TimelineFact } from '../../../src/shared/timeline/events.ts'
import { Bench } from '../../fixtures/bench.ts'
import { switchesPage } from '../../fixtures/switches-page.ts'
import { ready, record, storeAuthority, type ScriptStep } from '../../fixtures/transcripts.ts'
import { WhyBench } from '../../fixtures/why-bench.ts'

const everyChange = profileSwitches.flatMap(({ name, values }) => values.map((value) => [name, value] as const))

describe('M-14: a profile switch', () => {
  it.each(everyChange)('%s=%s is read, stands in the profile, and comes back as it was', (name, value) => {
    const change = parseSwitch(`${name}=${value}`)
    expect(change).toEqual({ name, value })
    const own = profileOf('GE865-QUAD')
    expect(switchPositions(withSwitches(own, changedSettings({}, change)))).toEqual({
      ...switchPositions(own),
      [name]: value
    })
    expect(changedSettings(changedSettings({}, change), changeOf(name, null))).toEqual({})
  })

  it('changes nothing of any product while nobody has set one', () => {
    for (const { name, software } of products)
      for (const version of software) {
        const own = profileOf(name, version.name)
        expect(withSwitches(own, {})).toEqual(own)
      }
  })

  it.each<[string, string]>([
    [
      'sha256',
      'There is no profile switch sha256; the switches are: notBefore, expiry, sha256Chains, criticalExtensions, sslEnabled, sslSendExt, context1, bootBanner.'
    ],
    [
      '',
      'There is no profile switch without a name or value; the switches are: notBefore, expiry, sha256Chains, criticalExtensions, sslEnabled, sslSendExt, context1, bootBanner.'
    ],
    [
      'toString=refused',
      'There is no profile switch toString; the switches are: notBefore, expiry, sha256Chains, criticalExtensions, sslEnabled, sslSendExt, context1, bootBanner.'
    ],
    ['sha256Chains', 'The profile switch sha256Chains takes taken or refused, not without a name or value.'],
    ['sha256Chains=maybe', 'The profile switch sha256Chains takes taken or refused, not maybe.'],
    [
      `sha256Chains=${'x'.repeat(10_000)}`,
      `The profile switch sha256Chains takes taken or refused, not ${'x'.repeat(40)}….`
    ]
  ])('%.30s is refused in one sentence', (text, sentence) => {
    expect(() => parseSwitch(text)).toThrow(sentence)
    expect(() => parseCommandLine(['--switch', text])).toThrow(sentence)
  })

  it('is set on the command line, once each, and stands in --help with its values', () => {
    expect(parseCommandLine(['--switch', 'sha256Chains=refused', '--switch', 'expiry=ignored']).switches).toEqual({
      sha256Chains: 'refused',
      expiry: 'ignored'
    })
    expect(parseCommandLine([]).switches).toEqual({})
    expect(() => parseCommandLine(['--switch', 'expiry=ignored', '--switch', 'expiry=checked'])).toThrow(
      '--switch expiry was given twice.'
    )
    for (const { name, values } of profileSwitches) expect(usage).toContain(`${name}=${values.join('|')}`)
  })

  it('is what docs/profile-switches.md says of it', () => {
    expect(readFileSync('docs/profile-switches.md', 'utf8')).toBe(switchesPage())
  })
})

describe('M-14: the switches of a simulator', () => {
  const noted = (settings: SwitchSettings = {}) => {
    const facts: TimelineFact[] = []
    const own = profileOf('HE910')
    const switches = new ProfileSwitches(settings, own)
    const profile = switches.profileFor(own)
    return {
      switches,
      profile,
      facts,
      set: (text: string) => switches.set(parseSwitch(text), { report: (what) => facts.push(what) - 1 })
    }
  }

  it('change the profile of the running module, and say so as an act', () => {
    const { switches, profile, facts, set } = noted()
    set('sha256Chains=refused')
    expect(profile.acceptSha256Signatures).toBe(false)
    expect(switches.snapshot).toMatchObject({
      now: { sha256Chains: 'refused' },
      usual: { sha256Chains: 'taken' },
      set: ['sha256Chains']
    })
    expect(facts).toEqual([
      {
        kind: 'note',
        sentence: 'The profile switch sha256Chains is refused, from the next dial on.',
        act: { name: 'switch', argument: { name: 'sha256Chains', value: 'refused' } }
      }
    ])
    switches.set({ name: 'sha256Chains', value: null }, { report: (what) => facts.push(what) - 1 })
    expect(profile.acceptSha256Signatures).toBe(true)
    expect(facts[1]).toMatchObject({
      sentence: 'The profile switch sha256Chains has the value of the product again, from the next dial on.'
    })
    expect(switches.snapshot.set).toEqual([])
  })

  it('outlast a change of product', () => {
    const { switches, set } = noted({ expiry: 'ignored' })
    set('criticalExtensions=refused')
    expect(switches.profileFor(profileOf('GE865-QUAD'))).toMatchObject({
      checkExpiry: false,
      criticalExtensions: 'refused',
      product: 'GE865-QUAD'
    })
  })
})

describe('M-14: a recorded session', () => {
  const dial = ['AT#SSLD=1,443,"123.124.125.126",0,1\r', 1000] as const
  const act =
    (name: string, argument: Record<string, unknown>) =>
    async (rig: CheckRig): Promise<string> => {
      expect(await rig.act(name, argument)).toBe(null)
      return ''
    }
  const verified: readonly ScriptStep[] = [
    ...ready,
    'AT#SSLSECCFG=1,0,1\r',
    ...storeAuthority,
    act('lab', { farEnd: 'tls', certificate: 'sha256' })
  ]
  const play = (text: string) => playTranscript(parseTranscript(text), { seed: 5, secrets: new SecretBook([]) })

  it('with switches from the start has them in its head, and replays the same', async () => {
    const text = await record([...verified, ...dial], { switches: { sha256Chains: 'refused' } })
    expect(text).toContain('\nswitch: sha256Chains=refused\n')
    expect(text).toContain('+CME ERROR: 839')
    expect(await play(text)).toMatchObject({ differences: [], skipped: [] })
    expect((await play(text.replace('switch: sha256Chains=refused\n', ''))).differences).not.toEqual([])
  })

  it('with a switch that was set on the way sets it again', async () => {
    const text = await record([
      ...verified,
      ...dial,
      'AT#SSLH=1\r',
      act('switch', { name: 'sha256Chains', value: 'refused' }),
      ...dial,
      act('switch', { name: 'sha256Chains', value: null }),
      ...dial
    ])
    expect(text).not.toContain('\nswitch: ')
    expect(text.match(/ - ! switch \{.*\n/g)).toHaveLength(2)
    expect(text.match(/\+CME ERROR: 839/g)).toHaveLength(1)
    expect(await play(text)).toMatchObject({ differences: [], skipped: [] })
  })

  it('with a switch that there is not is refused in one sentence', async () => {
    const text = await record([...ready], { switches: { sha256Chains: 'refused' } })
    for (const bad of ['sha1Chains=refused', 'sha256Chains=maybe', 'sha256Chains']) {
      expect(() => parseTranscript(text.replace('sha256Chains=refused', bad))).toThrow(TranscriptError)
    }
  })

  it.each([
    ['expiry', 'ignored', 'expired'],
    ['notBefore', 'ignored', 'not-yet-valid']
  ])('%s=%s lets the lab’s certificate %s pass', async (name, value, certificate) => {
    const steps = [
      ...ready,
      'AT#SSLSECCFG=1,0,1\r',
      ...storeAuthority,
      act('lab', { farEnd: 'tls', certificate }),
      ...dial
    ]
    expect(await record(steps)).toContain('+CME ERROR: 839')
    expect(await record(steps, { switches: changedSettings({}, parseSwitch(`${name}=${value}`)) })).not.toContain(
      'ERROR'
    )
  })
})

describe('M-14: the switches of D-9, D-29 and D-36', () => {
  /** Returns a bench whose profile has these switches from the start. */
  function benchWith(
    settings: SwitchSettings,
    product = 'HE910',
    software?: string
  ): { bench: Bench; set: (text: string) => void } {
    const switches = new ProfileSwitches(settings, profileOf(product, software))
    const bench = new Bench({ product, profile: switches.profileFor(profileOf(product, software)), powered: false })
    return {
      bench,
      set: (text) => {
        switches.set(parseSwitch(text), bench.timeline)
      }
    }
  }

  function boot(bench: Bench): string {
    bench.module.pressOn()
    return bench.pass(200).output()
  }

  it.each([
    ['HE910', undefined, 'there'],
    ['GE865-QUAD', '10.00.xx7', 'absent']
  ] as const)(
    'sslSendExt takes #SSLSENDEXT away from %s %s and brings it back, from the next command on',
    (product, software, usual) => {
      const { bench, set } = benchWith({}, product, software)
      boot(bench)
      const answers = (): string => bench.at('AT#SSLSENDEXT=?')
      expect(answers().includes('OK')).toBe(usual === 'there')
      set('sslSendExt=there')
      expect(answers()).toContain('#SSLSENDEXT: (1),(1-1500)')
      set('sslSendExt=absent')
      expect(answers()).toBe('\r\nERROR\r\n')
    }
  )

  it('sslSendExt gives no command to software without SSL', () => {
    const { bench } = benchWith({ sslSendExt: 'there' }, 'GE865-QUAD', '10.00.xx3')
    boot(bench)
    expect(bench.at('AT#SSLSENDEXT=?')).toBe('\r\nERROR\r\n')
  })

  it.each([
    ['defined', '\r\n+CGDCONT: 1,"IP","","",0,0\r\n\r\nOK\r\n'],
    ['undefined', '\r\nOK\r\n']
  ] as const)('context1=%s is what an empty NVM begins with', (value, answer) => {
    const { bench } = benchWith({ context1: value })
    boot(bench)
    expect(bench.at('AT+CGDCONT?')).toBe(answer)
    expect(bench.at('AT#SGACT=1,1').includes('ERROR')).toBe(value === 'undefined')
    if (value === 'undefined') bench.at('AT+CGDCONT=1,"IP","internet"')
    expect(bench.at('AT#SGACT?')).toContain(value === 'undefined' ? '1,0' : '1,1')
  })

  it('bootBanner prints the name of the product after every boot, and nothing while it is none', () => {
    const { bench, set } = benchWith({}, 'GE865-QUAD')
    expect(boot(bench)).toBe('')
    set('bootBanner=product')
    bench.type('AT#REBOOT\r')
    expect(bench.pass(10_000).output()).toContain('\r\nGE865-QUAD\r\n')
    expect(bench.at('AT+GMM')).toBe('\r\nGE865-QUAD\r\n\r\nOK\r\n')
    set('bootBanner=none')
    bench.type('AT#REBOOT\r')
    expect(bench.pass(10_000).output()).not.toContain('GE865-QUAD')
  })

  it('Why names sslSendExt where it took the command away, and where it would give it', async () => {
    const off = new WhyBench({ profile: withSwitches(profileOf('HE910'), { sslSendExt: 'absent' }) })
    off.at('AT#SSLSENDEXT=1,4')
    const told = await off.why()
    expect(told.title).toBe('#SSLSENDEXT is switched off')
    expect(told.remedies[0]!.sentence).toContain('--switch sslSendExt=there')
    const early = new WhyBench({ product: 'GE865-QUAD', software: '10.00.xx7' })
    early.at('AT#SSLSENDEXT=1,4')
    expect((await early.why()).remedies.map(({ sentence }) => sentence)).toContainEqual(
      expect.stringContaining('--switch sslSendExt=there')
    )
  })

  it.each<[SwitchSettings, string]>([
    [{ sslSendExt: 'absent' }, 'AT#SSLSENDEXT=?\r'],
    [{ context1: 'undefined' }, 'AT+CGDCONT?\r'],
    [{ bootBanner: 'product' }, 'AT+CSQ\r']
  ])('%j stands in a transcript, and replays the same', async (switches, line) => {
    const text = await record([1000, line, ...ready], { switches })
    expect(await playTranscript(parseTranscript(text), { seed: 5, secrets: new SecretBook([]) })).toMatchObject({
      differences: [],
      skipped: []
    })
    const [[name, value]] = Object.entries(switches) as [[string, string]]
    expect(text).toContain(`\nswitch: ${name}=${value}\n`)
    const without = await playTranscript(parseTranscript(text.replace(`switch: ${name}=${value}\n`, '')), {
      seed: 5,
      secrets: new SecretBook([])
    })
    expect(without.differences).not.toEqual([])
  })
})
