/**
 * @module The emulated module: it joins the parts below, and takes time, chance, storage, network and TLS as
 * interfaces.
 */

import { commandsOf } from '../../shared/commands/index.ts'
import type { ChartId } from '../../shared/statecharts/chart.ts'
import { allCharts } from '../../shared/statecharts/index.ts'
import type { Answer } from './at/answer.ts'
import { AtInstance } from './at/instance.ts'
import { Redaction } from './at/redaction.ts'
import { Chart } from './chart.ts'
import { afterLatency } from './commands/answer-latency.ts'
import { executeCommand } from './commands/executor.ts'
import { handlers } from './commands/index.ts'
import { momentOf, recordingMoments } from './failure-moment.ts'
import { FtpSession } from './ftp/session.ts'
import { ClockChip } from './hardware/clock-chip.ts'
import { Nvm } from './hardware/nvm.ts'
import { PowerSupply } from './hardware/power-supply.ts'
import { SimCard } from './hardware/sim-card.ts'
import { SimReader } from './hardware/sim-reader.ts'
import { TimerBoard } from './hardware/timer-board.ts'
import type { ModuleOptions, ModulePort } from './module-options.ts'
import { NetworkReports } from './network-reports.ts'
import { ContextRetry } from './network/context-retry.ts'
import { IpStack } from './network/ip-stack.ts'
import { PacketContext } from './network/packet-context.ts'
import { Registration } from './network/registration.ts'
import type { ModuleParts } from './parts.ts'
import { PlainSockets } from './plain-sockets/sockets.ts'
import { HidingReporter } from './secrets/hiding-reporter.ts'
import { SecretMemory } from './secrets/secret-memory.ts'
import { Settings } from './settings.ts'
import { SecurityData } from './ssl/security-data.ts'
import { SslSocket } from './ssl/socket.ts'
import { slowCpuOf } from './tls-connection/cpu.ts'
import { HandshakeHistory } from './tls-connection/handshake-history.ts'

/** The emulated module: its parts, and its power. Time, random numbers, storage, network and ports are passed in. */
export class Module {
  readonly parts: ModuleParts
  readonly instances: readonly AtInstance[]
  readonly supply: PowerSupply
  private readonly charts: { readonly [Id in Exclude<ChartId, 'data'>]: Chart<Id> }
  private readonly dataCharts: readonly Chart<'data'>[]
  readonly handshakes: HandshakeHistory
  /** Secrets recognised on any instance. */
  private readonly secrets = new SecretMemory()
  private boot: { cancel(): void } | null = null
  /** Counts how often the module was powered off. */
  private powerCycle = 0

  constructor(private readonly options: ModuleOptions) {
    const { profile, clock, network, transport } = options
    const handshakes = new HandshakeHistory(clock)
    this.handshakes = handshakes
    const timeline = recordingMoments(new HidingReporter(options.timeline, this.secrets), () =>
      momentOf(this.parts, handshakes)
    )
    this.supply = options.supply ?? new PowerSupply()
    const declared = { ...allCharts, ...options.charts }
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
    const stacks = new Map(
      [...contexts].map(([contextId, context]) => [
        contextId,
        new IpStack({ clock, timeline, network, contextId, address: () => context.address })
      ])
    )
    const ip = stacks.get(1)!
    // Used by the SSL socket and by FTP.
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
    const sockets = new PlainSockets(
      (connId) => new Chart<'socket'>(declared.socket, clock, timeline, null, `socket${connId}`),
      { profile, clock, timers, timeline, nvm, transport, stacks, contexts }
    )
    const power = {
      shutDown: (cause: number) => this.takeLeave(cause, () => this.powerDown('SHUT_DOWN', cause)),
      restart: (cause: number) => this.takeLeave(cause, () => this.restart(cause))
    }
    let known = { hasSendExt: profile.hasSendExt, commands: commandsOf(profile) }
    const commandsNow = (): ModuleParts['commands'] => {
      // A profile switch may remove and restore a command while the module runs (D-9).
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
      stacks,
      registration,
      contexts,
      retries,
      ssl,
      sockets,
      ftp,
      securityData,
      sim,
      power
    }
    this.instances = options.ports.map((port, index) => this.instanceOn(port, index, timers))
    const reports = new NetworkReports(this.parts, this.instances)
    registration.onChange((cause) => reports.registrationChanged(cause))
    registration.onRegistered((cause) => reports.takeNetworkTime(cause))
    sim.onChange((cause) => registration.simChanged(sim.ready, cause))
  }

  /** Returns the module's charts, with one data chart for each AT instance. */
  chartsNow(): readonly Chart[] {
    return [...Object.values(this.charts), ...this.dataCharts]
  }

  get powered(): boolean {
    return this.charts.power.state !== 'off'
  }

  /** The ON key: powers the module on, or shuts it down. */
  pressOn(cause: number | null = null): void {
    if (this.powered) this.powerDown('SHUT_DOWN', cause)
    else this.powerUp(cause)
  }

  /** The RESET key. */
  pressReset(cause: number | null = null): void {
    if (this.powered) this.restart(cause)
    else this.powerUp(cause)
  }

  /** Power is lost at once: no output, NVM unchanged. */
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

  /** No response during the boot time; then commands are accepted, and the search for a network begins (D-36). */
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

  /** No command is accepted any more, and the module deregisters before it is powered off (at-reference 4). */
  private takeLeave(cause: number, goDown: () => void): void {
    const { powerCycle } = this
    this.afterResult(() => {
      if (powerCycle !== this.powerCycle) return
      for (const instance of this.instances) instance.powerDown(cause)
      this.parts.registration.radioDown(cause, () => {
        // A key or the loss of power may have been faster.
        if (powerCycle === this.powerCycle) goDown()
      })
    })
  }

  private goDown(cause: number | null): void {
    this.powerCycle += 1
    this.parts.ssl.powerLost(cause)
    this.parts.sockets.powerLost(cause)
    this.parts.ftp.powerLost(cause)
    this.parts.securityData.format = null
    for (const instance of this.instances) instance.powerDown(cause)
    this.parts.registration.powerLost(cause)
    this.parts.sim.powerLost(cause)
    for (const retry of this.parts.retries.values()) retry.stop()
  }

  /** &P loads a whole profile, &Y only its base section (at-reference 2). */
  private loadStartUpProfile(settings: Settings): void {
    const { profiles, startUp } = this.parts.nvm.contents
    settings.loadFactory('full')
    const stored = profiles[startUp.profile]
    if (stored) settings.loadStored(stored, startUp.sections)
  }

  /** Runs once the result code of the command was sent. */
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
}

/** The contexts of +CGDCONT (at-reference 5). */
const CONTEXT_IDS = [1, 2, 3, 4, 5]
