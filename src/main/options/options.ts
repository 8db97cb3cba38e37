/** @module The options of the command line: what each is, its limits, and one sentence for a wrong value. */

import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { FASTEST_BAUD, SLOWEST_BAUD, type Pace } from '../../shared/hardware/line-rates.ts'
import { FASTEST_SPEED, SLOWEST_SPEED } from '../../shared/hardware/speed.ts'
import { DEFAULT_PRODUCT, profileOf, UnknownChoice } from '../../shared/products/catalog.ts'
import { changedSettings, parseSwitch, UnknownSwitch, type SwitchSettings } from '../../shared/products/switches.ts'
import { parseForward, type Forward } from '../bearer/forward.ts'
import { parseRoute, type Route } from '../bearer/route.ts'
import { parseUartAddress, runtimeFolderPath, type UartAddress } from '../ports/index.ts'
import { defaultStateFolder } from '../state/state-folder.ts'
import { parseListenAddress, type ListenAddress } from './listen-address.ts'
import { sharedPath, type RunPaths } from './output-paths.ts'

/** The checked options of the command line. */
export interface SimulatorOptions {
  readonly headless: boolean
  /** TCP port of the board for browsers: 0 for a free one, `null` for no board (the control WebSocket stays). */
  readonly uiPort: number | null
  readonly product: string
  /** `null` for the newest version of the product's line. */
  readonly software: string | null
  /** Number of AT instances. Each has its own pty. */
  readonly instances: number
  /** Links by AT instance. A missing one gets its default name in the user's runtime folder. */
  readonly links: readonly string[]
  /** Where the AT port listens for TCP; `null` when it does not. */
  readonly tcp: ListenAddress | null
  /** Where the AT port listens for RFC 2217; `null` when it does not. */
  readonly rfc2217: ListenAddress | null
  readonly serial: UartAddress | null
  /** How fast bytes pass on the ports. */
  readonly pace: Pace
  /** The state folder; `default` for the user's data folder, `null` to keep nothing. */
  readonly state: string | null
  /**
   * File of the CA certificate that HE910 and UE910 ship with. `null` for `preloaded-ca.pem` of the state folder, if it
   * exists.
   */
  readonly preloadedCa: string | null
  readonly speed: number
  /** Whether module and network take the time of real ones (D-37). */
  readonly realLatency: boolean
  /** Seed of the module's random numbers; `null` to take them from the operating system. */
  readonly seed: number | null
  /** Profile switches that differ from the product's defaults. */
  readonly switches: SwitchSettings
  readonly lab: boolean
  readonly routes: readonly Route[]
  /** Ports of this machine that lead to the module's listeners. */
  readonly forwards: readonly Forward[]
  /** Files that are written while the simulator runs; `null` for each that was not asked for. */
  readonly recording: {
    readonly capture: string | null
    readonly keyLog: string | null
    readonly transcript: string | null
  }
  readonly json: boolean
  readonly readyFile: string | null
}

/** Wrong usage. The message is one sentence; the exit status is 2. */
export class UsageError extends Error {}

/** The value of `--state` when it is not given. */
export const DEFAULT_STATE = 'default'

/**
 * Parses the arguments after the program's name. `inputs` are further files that the program opens. Throws a
 * UsageError, also where two paths lead to one file.
 */
export function parseCommandLine(argv: readonly string[], inputs: readonly string[] = []): SimulatorOptions {
  const options = optionsOf(argv)
  const shared = sharedPath(pathsOf(options, inputs))
  if (shared !== null) throw new UsageError(shared)
  return options
}

function optionsOf(argv: readonly string[]): SimulatorOptions {
  const values = parse(argv)
  const product = values.product ?? DEFAULT_PRODUCT
  try {
    profileOf(product, values.software)
  } catch (error) {
    if (error instanceof UnknownChoice) throw new UsageError(error.message)
    throw error
  }
  const instances = count('--instances', values.instances, profileOf(product, values.software).maxInstances)
  const links = (values.link ?? []).map((path) => given('--link', path))
  if (links.length > instances)
    throw new UsageError(
      `--link was given ${links.length} times for ${instances} AT instance${instances > 1 ? 's' : ''}.`
    )
  return {
    headless: values.headless ?? false,
    uiPort: values.ui === 'off' ? null : values.ui === undefined ? 0 : port('--ui', values.ui, ' or off'),
    product,
    software: values.software ?? null,
    instances,
    links,
    tcp: values.tcp === undefined ? null : listenAddress('--tcp', values.tcp),
    rfc2217: values.rfc2217 === undefined ? null : listenAddress('--rfc2217', values.rfc2217),
    serial: values.serial === undefined ? null : uart(values.serial),
    pace: pace(values.pace),
    state: values.state === 'none' ? null : given('--state', values.state ?? DEFAULT_STATE),
    preloadedCa: values['preloaded-ca'] === undefined ? null : given('--preloaded-ca', values['preloaded-ca']),
    speed: speed(values.speed),
    realLatency: oneOf('--latency', values.latency ?? 'none', ['none', 'real']) === 'real',
    seed: seed(values.seed),
    switches: switches(values.switch ?? []),
    lab: oneOf('--lab', values.lab ?? 'on', ['on', 'off']) === 'on',
    routes: (values.route ?? []).map(route),
    forwards: forwards(values.forward ?? []),
    recording: recording(values),
    json: values.json ?? false,
    readyFile: values['ready-file'] === undefined ? null : given('--ready-file', values['ready-file'])
  }
}

/** Returns whether the arguments ask for the usage only. */
export function asksForHelp(argv: readonly string[]): boolean {
  return argv.includes('--help') || argv.includes('-h')
}

const optionTypes = {
  headless: { type: 'boolean' },
  ui: { type: 'string' },
  product: { type: 'string' },
  software: { type: 'string' },
  instances: { type: 'string' },
  link: { type: 'string', multiple: true },
  tcp: { type: 'string' },
  rfc2217: { type: 'string' },
  serial: { type: 'string' },
  pace: { type: 'string' },
  state: { type: 'string' },
  'preloaded-ca': { type: 'string' },
  speed: { type: 'string' },
  latency: { type: 'string' },
  seed: { type: 'string' },
  switch: { type: 'string', multiple: true },
  lab: { type: 'string' },
  route: { type: 'string', multiple: true },
  forward: { type: 'string', multiple: true },
  capture: { type: 'string' },
  keylog: { type: 'string' },
  transcript: { type: 'string' },
  json: { type: 'boolean' },
  'ready-file': { type: 'string' }
} as const

function parse(argv: readonly string[]) {
  let parsed
  try {
    parsed = parseArgs({ args: [...argv], options: optionTypes, allowPositionals: true, strict: true })
  } catch (error) {
    // Node explains the error in a second sentence. The first is enough here.
    const sentence = (error as Error).message.split('. ')[0]!.replace(/\.$/, '')
    throw new UsageError(`${sentence}; telit-sim --help lists the options.`)
  }
  const [command, ...more] = parsed.positionals
  if (command === 'check') throw new UsageError('check comes before its options: telit-sim check TRANSCRIPT.')
  if (command === 'doctor') throw new UsageError('doctor comes before its options: telit-sim doctor [PORT].')
  if (command === 'products') throw new UsageError('products comes before its options: telit-sim products --json.')
  if (command !== undefined && command !== 'serve')
    throw new UsageError(`There is no sub-command ${command}; telit-sim --help lists the sub-commands.`)
  if (more.length > 0) throw new UsageError(`serve takes no arguments besides options, not ${more.join(' ')}.`)
  return parsed.values
}

function port(option: string, text: string, also = ''): number {
  const value = Number(text)
  if (/^\d{1,5}$/.test(text) && value <= 65_535) return value
  throw new UsageError(`${option} takes a port from 0 to 65535${also}, not ${text}.`)
}

function listenAddress(option: string, text: string): ListenAddress {
  const parsed = parseListenAddress(text)
  if (parsed) return parsed
  throw new UsageError(
    `${option} takes a port from 0 to 65535, or HOST:PORT with an address of this machine, not ${text}.`
  )
}

function count(option: string, text: string | undefined, most: number): number {
  if (text === undefined) return 1
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1 && value <= most) return value
  throw new UsageError(`${option} takes a number from 1 to ${most}, not ${text}.`)
}

function speed(text: string | undefined): number {
  if (text === undefined) return 1
  const value = Number(text)
  if (value >= SLOWEST_SPEED && value <= FASTEST_SPEED) return value
  throw new UsageError(`--speed takes a number from ${SLOWEST_SPEED} to ${FASTEST_SPEED}, not ${text}.`)
}

function seed(text: string | undefined): number | null {
  if (text === undefined) return null
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new UsageError(`--seed takes a whole number of at most 15 digits, not ${text}.`)
}

function route(text: string): Route {
  const parsed = parseRoute(text)
  if (parsed) return parsed
  throw new UsageError(`--route takes HOST:PORT=HOST:PORT, not ${text}.`)
}

function forwards(texts: readonly string[]): readonly Forward[] {
  return texts.map((text, at, all) => {
    const parsed = parseForward(text)
    if (!parsed)
      throw new UsageError(
        `--forward takes PORT=CONNID or HOST:PORT=CONNID with an IPv4 address of this machine and 1 to 6, not ${text}.`
      )
    const before = all.slice(0, at).map(parseForward)
    if (before.some((one) => one?.connId === parsed.connId))
      throw new UsageError(`--forward leads two ports to connection id ${parsed.connId}; it takes one for each.`)
    return parsed
  })
}

function uart(text: string): UartAddress {
  const parsed = parseUartAddress(text)
  if (parsed) return parsed
  throw new UsageError(`--serial takes PATH or PATH@BAUD, optionally with ,8N1 ,rtscts ,dtr=dcd, not ${text}.`)
}

function pace(text: string | undefined): Pace {
  if (text === undefined || text === 'off' || text === 'follow') return text ?? 'off'
  const baud = Number(text)
  if (/^\d{1,7}$/.test(text) && baud >= SLOWEST_BAUD && baud <= FASTEST_BAUD) return baud
  throw new UsageError(`--pace takes a rate from ${SLOWEST_BAUD} to ${FASTEST_BAUD} baud, follow or off, not ${text}.`)
}

function switches(texts: readonly string[]): SwitchSettings {
  let settings: SwitchSettings = {}
  for (const text of texts) {
    try {
      const change = parseSwitch(text)
      if (settings[change.name] !== undefined) throw new UsageError(`--switch ${change.name} was given twice.`)
      settings = changedSettings(settings, change)
    } catch (error) {
      if (error instanceof UnknownSwitch) throw new UsageError(error.message)
      throw error
    }
  }
  return settings
}

function oneOf(option: string, text: string, known: readonly string[]): string {
  if (known.includes(text)) return text
  throw new UsageError(`${option} takes ${known.join(' or ')}, not ${text}.`)
}

function recording(values: {
  readonly capture?: string
  readonly keylog?: string
  readonly transcript?: string
}): SimulatorOptions['recording'] {
  const path = (name: 'capture' | 'keylog' | 'transcript'): string | null =>
    values[name] === undefined ? null : given(`--${name}`, values[name])
  return { capture: path('capture'), keyLog: path('keylog'), transcript: path('transcript') }
}

function pathsOf(
  { recording, readyFile, links, instances, serial, state }: SimulatorOptions,
  inputs: readonly string[]
): RunPaths {
  const folder = runtimeFolderPath()
  return {
    ...recording,
    readyFile,
    links,
    defaultLinks: Array.from({ length: instances - links.length }, (_, at) => join(folder, `tty${links.length + at}`)),
    linkRecords: join(folder, 'links'),
    serial: serial?.path ?? null,
    stateFolder: state === DEFAULT_STATE ? defaultStateFolder() : state,
    inputs
  }
}

function given(option: string, text: string): string {
  if (text !== '') return text
  throw new UsageError(`${option} needs a value.`)
}
