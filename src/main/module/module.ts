/**
 * @module The emulated module: it joins the parts below, and takes time, chance, storage, network and TLS as
 * interfaces.
 */

import type { MobileNetwork } from '../../shared/contracts/bearer.ts'
import type { Clock } from '../../shared/contracts/clock.ts'
import { commandsOf } from '../../shared/commands/index.ts'
import type { ModuleUart } from '../../shared/hardware/port-lines.ts'
import type { NvmStore } from '../../shared/contracts/nvm-store.ts'
import type { ModuleProfile } from '../../shared/products/profile.ts'
import type { RandomSource } from '../../shared/contracts/random.ts'
import type { SecureTransport } from '../../shared/contracts/security.ts'
import type { ChartDeclaration, ChartId } from '../../shared/statecharts/chart.ts'
import { charts as declaredCharts } from '../../shared/statecharts/index.ts'
import { registrationNumbers } from '../../shared/statecharts/registration.ts'
import type { TimelineReporter } from '../../shared/timeline/events.ts'
import type { Answer } from './at/answer.ts'
import { AtInstance } from './at/instance.ts'
import { Redaction, type SecretDigest } from './at/redaction.ts'
import { cellPlace } from './network/cell-place.ts'
import { Chart } from './chart.ts'
import { ClockChip, networkTimeText } from './hardware/clock-chip.ts'
import { afterLatency } from './commands/answer-latency.ts'
import { executeCommand } from './commands/executor.ts'
import { handlers } from './commands/index.ts'
import { ContextRetry } from './network/context-retry.ts'
import { momentOf, recordingMoments } from './failure-moment.ts'
import { FtpSession } from './ftp/session.ts'
import { IpStack } from './network/ip-stack.ts'
import { Nvm } from './hardware/nvm.ts'
import { PacketContext } from './network/packet-context.ts'
import type { ModuleParts } from './parts.ts'
import { PowerSupply } from './hardware/power-supply.ts'
import { Registration } from './network/registration.ts'
import { Settings } from './settings.ts'
import { SimCard } from './hardware/sim-card.ts'
import { HidingReporter } from './secrets/hiding-reporter.ts'
import { SecretMemory } from './secrets/secret-memory.ts'
import { SimReader } from './hardware/sim-reader.ts'
import { slowCpuOf } from './tls-connection/cpu.ts'
import { SecurityData } from './ssl/security-data.ts'
import { HandshakeHistory } from './tls-connection/handshake-history.ts'
import { SslSocket } from './ssl/socket.ts'
import { TimerBoard } from './hardware/timer-board.ts'

/**
 * The emulated module: its parts put together, and its power. Time, randomness, storage, network and ports are handed
 * in; nothing here reaches past them.
 */
export class Module {
  readonly parts: ModuleParts
  readonly instances: readonly AtInstance[]
  readonly supply: PowerSupply
  private readonly charts: { readonly [Id in Exclude<ChartId, 'data'>]: Chart<Id> }
  private readonly dataCharts: readonly Chart<'data'>[]
  readonly handshakes: HandshakeHistory
  /** Secrets that were recognised once, on whichever instance. */
  private readonly secrets = new SecretMemory()
  private boot: { cancel(): void } | null = null
  /** Counts how often the module went down. */
  private powerCycle = 0
  /** The state each instance was last told of, by instance and command: only changes are reported. */
  private readonly reported = new Map<string, string>()

  constructor(private readonly options: ModuleOptions) {
    const { profile, clock, network, transport } = options
    const handshakes = new HandshakeHistory(clock)
    this.handshakes = handshakes
    const timeline = recordingMoments(new HidingReporter(options.timeline, this.secrets), () =>
      momentOf(this.parts, handshakes)
    )
    this.supply = options.supply ?? new PowerSupply()
    const declared = options.charts ?? declaredCharts
    const chart = <Id extends ChartId>(id: Id, instance: number | null = null): Chart<Id> =>
      new Chart<Id>(declared[id], clock, timeline, instance)
    this.charts = {
      power: chart('power'),
      sim: chart('sim'),
      registration: chart('registration'),
      pdp: chart('pdp'),
      ssl: chart('ssl'),
      ftp: chart('ftp')
    }
    this.dataCharts = options.ports.map((_, index) => chart('data', index))
    const timers = new TimerBoard(clock, timeline)
    const clockChip = new ClockChip(clock)
    const nvm = new Nvm(options.store, profile, timeline)
    const securityData = new SecurityData(
      nvm,
      transport,
      profile,
      profile.takesPreloadedCa ? options.preloadedCa : null
    )
    const sim = new SimReader(this.charts.sim, options.sim ?? new SimCard())
    const operatorChoice = (): string | null => nvm.contents.operatorChoice.operator
    const registration = new Registration(this.charts.registration, { network, clock, timeline, operatorChoice })
    const contextParts = { profile, nvm, network, registration, timeline }
    const contexts = new Map(
      CONTEXT_IDS.map((cid) => {
        const own = cid === 1 ? this.charts.pdp : new Chart<'pdp'>(declared.pdp, clock, timeline, null, `pdp${cid}`)
        return [cid, new PacketContext(cid, own, contextParts)]
      })
    )
    const report = (text: string, cause: number | null): void => this.instances[0]?.report(text, cause)
    const retries = new Map(
      [...contexts].map(([cid, one]) => [cid, new ContextRetry(one, { nvm, clock, timeline, report })])
    )
    const ip = new IpStack({ clock, timeline, network, address: () => contexts.get(1)!.address })
    // The SSL socket and FTP with TLS connect alike.
    const connecting = {
      profile,
      clock,
      clockChip,
      timers,
      timeline,
      nvm,
      ip,
      handshakes,
      transport,
      securityData,
      context: contexts.get(1)!
    }
    const ssl = new SslSocket(this.charts.ssl, connecting)
    const ftp = new FtpSession(this.charts.ftp, { ...connecting, cpu: () => slowCpuOf(profile, ssl.cpuMode) })
    const power = {
      shutDown: (cause: number) => this.takeLeave(cause, () => this.powerDown('SHUT_DOWN', cause)),
      restart: (cause: number) => this.takeLeave(cause, () => this.restart(cause))
    }
    let known = { hasSendExt: profile.hasSendExt, commands: commandsOf(profile) }
    const commandsNow = (): ModuleParts['commands'] => {
      // A profile switch may take a command away and bring it back while the module runs (D-9).
      if (known.hasSendExt !== profile.hasSendExt)
        known = { hasSendExt: profile.hasSendExt, commands: commandsOf(profile) }
      return known.commands
    }
    this.parts = {
      profile,
      get commands() {
        return commandsNow()
      },
      clock,
      clockChip,
      timers,
      timeline,
      nvm,
      network,
      ip,
      registration,
      contexts,
      retries,
      ssl,
      ftp,
      securityData,
      sim,
      power
    }
    this.instances = options.ports.map((port, index) => this.instanceOn(port, index, timers))
    registration.onChange((cause) => this.registrationChanged(cause))
    registration.onRegistered((cause) => this.takeNetworkTime(cause))
    sim.onChange((cause) => registration.simChanged(sim.ready, cause))
  }

  /** By name: the module's charts, and one data chart for each AT instance. */
  chartsNow(): readonly Chart[] {
    return [...Object.values(this.charts), ...this.dataCharts]
  }

  get powered(): boolean {
    return this.charts.power.state !== 'off'
  }

  /** The ON key: starts the module, or shuts it down. */
  pressOn(cause: number | null = null): void {
    if (this.powered) this.powerDown('SHUT_DOWN', cause)
    else this.powerUp(cause)
  }

  /** The RESET key. */
  pressReset(cause: number | null = null): void {
    if (this.powered) this.restart(cause)
    else this.powerUp(cause)
  }

  /** Power is gone at once: nothing is said, NVM is as it is. */
  unplug(cause: number | null = null): void {
    this.powerDown('UNPLUG', cause)
  }

  private powerUp(cause: number | null): void {
    if (this.supply.on && this.charts.power.send('ON_KEY', cause)) this.startBoot()
  }

  private restart(cause: number | null): void {
    if (!this.charts.power.can('RESTART')) return
    this.goDown(cause)
    this.charts.power.send('RESTART', cause)
    this.startBoot()
  }

  private powerDown(event: 'SHUT_DOWN' | 'UNPLUG', cause: number | null): void {
    if (!this.charts.power.can(event)) return
    this.boot?.cancel()
    this.boot = null
    this.goDown(cause)
    this.charts.power.send(event, cause)
  }

  /** D-36: silent for the boot time, then commands are heard and the network is searched for. */
  private startBoot(): void {
    this.boot?.cancel()
    this.boot = this.options.clock.schedule(this.options.profile.bootMs, () => {
      this.boot = null
      if (!this.charts.power.send('BOOTED')) return
      const { nvm, registration, sim, ssl, profile } = this.parts
      for (const instance of this.instances) {
        this.loadStartUpProfile(instance.settings)
        instance.powerUp()
        if (profile.bootBanner !== null) instance.report(profile.bootBanner)
      }
      if (profile.keepsSslEnabled && nvm.contents.sslEnabled) ssl.enable(this.instances[0]!, null)
      const cause = this.charts.power.last?.seq ?? null
      registration.powerUp(cause)
      sim.powerUp(cause)
    })
  }

  /** At-reference 4: nothing is answered any more, and the module leaves its network before it goes down. */
  private takeLeave(cause: number, goDown: () => void): void {
    const { powerCycle } = this
    this.afterResult(() => {
      if (powerCycle !== this.powerCycle) return
      for (const instance of this.instances) instance.powerDown(cause)
      this.parts.registration.radioDown(cause, () => {
        // A key or the plug was faster: what the command asked for has happened, or was overruled.
        if (powerCycle === this.powerCycle) goDown()
      })
    })
  }

  private goDown(cause: number | null): void {
    this.powerCycle += 1
    this.parts.ssl.powerLost(cause)
    this.parts.ftp.powerLost(cause)
    this.parts.securityData.format = null
    for (const instance of this.instances) instance.powerDown(cause)
    this.parts.registration.powerLost(cause)
    this.parts.sim.powerLost(cause)
    for (const retry of this.parts.retries.values()) retry.stop()
  }

  /** At-reference 2: &P loads a whole profile, &Y its base section only. */
  private loadStartUpProfile(settings: Settings): void {
    const { profiles, startUp } = this.parts.nvm.contents
    settings.loadFactory('full')
    const stored = profiles[startUp.profile]
    if (stored) settings.loadStored(stored, startUp.sections)
  }

  /** Runs once the result code of the command that asked for it has gone out. */
  private afterResult(action: () => void): void {
    this.options.clock.schedule(0, action)
  }

  private instanceOn(port: ModulePort, index: number, timers: TimerBoard): AtInstance {
    const { profile, clock, timeline } = this.parts
    const instance: AtInstance = new AtInstance(index, {
      profile,
      clock,
      timers: timers.of(index),
      timeline,
      chart: this.dataCharts[index]!,
      settings: new Settings(profile),
      execute: (command, cause) => {
        const execute = (): Answer => executeCommand(command, instance, cause, this.parts, handlers)
        const { latency } = this.options
        const name = command.kind === 'register' ? 'S' : command.name
        return latency ? afterLatency(name, clock, latency, execute) : execute()
      },
      redaction: new Redaction(this.options.digest, this.secrets),
      toPort: (bytes) => port.write(bytes),
      setReading: (reading) => port.setReading(reading),
      driveUart: (uart) => port.setUart?.(uart)
    })
    return instance
  }

  /** +CREG and +CGREG reports where they are on. */
  private registrationChanged(cause: number | null): void {
    const { registration } = this.parts
    for (const instance of this.instances) {
      for (const [name, state] of [
        ['+CREG', registration.state],
        ['+CGREG', registration.packetState]
      ] as const) {
        const mode = instance.settings.get(name)
        const place = mode === 2 && (state === 'home' || state === 'roaming') ? cellPlace(this.parts) : ''
        const key = `${instance.index}${name}`
        const changed = this.reported.get(key) !== state
        this.reported.set(key, state)
        if (mode > 0 && changed) instance.report(`${name}: ${registrationNumbers[state]}${place}`, cause)
      }
    }
  }

  /** NITZ (D-29). */
  private takeNetworkTime(cause: number | null): void {
    const { network, clockChip } = this.parts
    const settings = this.instances[0]!.settings
    const val = settings.get('#NITZ.val')
    const worldMs = this.options.clock.worldMs()
    if (val & NITZ_SETS_TIME) clockChip.setFromNetwork(worldMs, network.zone)
    // What is told is the network's time, also where the module's clock goes another way.
    if (settings.get('#NITZ.mode') === 1)
      this.instances[0]!.report(`#NITZ: ${networkTimeText(worldMs, network.zone, val)}`, cause)
  }
}

export interface ModuleOptions {
  readonly profile: ModuleProfile
  readonly clock: Clock
  readonly timeline: TimelineReporter
  readonly store: NvmStore
  readonly network: MobileNetwork
  readonly transport: SecureTransport
  /** One AT instance for each. */
  readonly ports: readonly ModulePort[]
  /** The card in the holder, which outlives the module; left out: a fresh one (D-29). */
  readonly sim?: SimCard
  /** What feeds the module; left out: one that is always there. */
  readonly supply?: PowerSupply
  /** Where answer times are drawn from; missing: answers come at once (D-37). */
  readonly latency?: RandomSource | null
  /** Other statecharts than the declared ones; for tests that take a transition away. */
  readonly charts?: Readonly<Record<ChartId, ChartDeclaration>>
  /** A CA certificate that comes with the module, where its family may have one (G-3.3-8). */
  readonly preloadedCa?: Uint8Array | null
  /** Digests a secret that was typed, for its placeholder in transcripts; left out: there are no digests. */
  readonly digest?: SecretDigest
}

/** What the module needs of a serial port. */
export interface ModulePort {
  write(bytes: Uint8Array): boolean
  setReading(reading: boolean): void
  /** What its UART drives, and how it is set; for ports that have modem lines, a rate or flow control. */
  setUart?(uart: ModuleUart): void
}

/** +CGDCONT knows five (at-reference 5). */
const CONTEXT_IDS = [1, 2, 3, 4, 5]
/** Bit of #NITZ's first value: the network's time sets the clock. */
const NITZ_SETS_TIME = 1
