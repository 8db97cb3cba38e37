import type { ArmedFault, FaultOrder, FaultStrike, FaultToClear } from '../../shared/lab/calls.ts'
import { doesAt, strikesAt } from '../../shared/lab/faults-at-servers.ts'
import {
  isDatagramFault,
  isNetworkFault,
  isOnTheWay,
  labFaultById,
  type DatagramFaultId,
  type LabFault,
  type NetworkFaultId
} from '../../shared/lab/faults.ts'
import { labServerTitle, type LabServerId } from '../../shared/lab/lab.ts'
import type { TimelineReporter } from '../../shared/timeline/events.ts'

/**
 * The armed faults, oldest first. A connection gets the oldest fault that can strike it. Arming, striking and clearing
 * are timeline events.
 */
export class ArmedFaults {
  private armed: Armed[] = []
  private struck: FaultStrike[] = []
  private nextId = 1

  constructor(
    private readonly timeline: TimelineReporter,
    private readonly moduleMs: () => number
  ) {}

  get present(): readonly ArmedFault[] {
    return this.armed.map(({ order, fault: { id: fault }, parameter, ...one }) => ({
      id: one.id,
      fault,
      times: order.times,
      farEnd: order.farEnd ?? null,
      parameter,
      strikes: one.strikes
    }))
  }

  /** The latest strikes, oldest first. */
  get strikes(): readonly FaultStrike[] {
    return this.struck
  }

  /** Arms a fault and returns its id. Throws an error of one sentence for a fault that can never strike there. */
  arm(order: FaultOrder): number {
    const fault = labFaultById(order.fault)
    const farEnd = order.farEnd ?? null
    if (!strikesAt(fault, farEnd))
      throw new Error(
        `${fault.words} cannot strike at ${farEnd === null ? 'a server' : `the ${labServerTitle(farEnd)}`}.`
      )
    const parameter = parameterOf(fault, order.parameter)
    const same = this.armed.findIndex((one) => one.fault === fault && (one.order.farEnd ?? null) === farEnd)
    if (same < 0 && this.armed.length >= MAX_ARMED) throw new Error(`${MAX_ARMED} faults are armed; clear one first.`)
    const one: Armed = { id: this.nextId++, order, fault, parameter, strikes: 0, claims: 0 }
    if (same >= 0) this.armed[same] = one
    else this.armed.push(one)
    const sentence = `${fault.words} is armed ${order.times === 'next' ? 'once' : 'permanently'}${placeOf(fault, farEnd)}: it ${doesAt(fault, farEnd)}${figureOf(fault, parameter)}.`
    this.timeline.report({ kind: 'fault', sentence, act: { name: 'fault', argument: { ...order } } })
    return one.id
  }

  clear(which: FaultToClear): void {
    const gone = 'all' in which ? this.armed : this.armed.filter((one) => one.id === which.id)
    this.armed = this.armed.filter((one) => !gone.includes(one))
    for (const {
      fault,
      order: { farEnd }
    } of gone) {
      // Named by fault and server, not by id: ids count all faults armed before, some of which a partial transcript
      // does not have.
      const act = {
        name: 'fault-cleared' as const,
        argument: { fault: fault.id, ...(farEnd === undefined ? {} : { farEnd }) }
      }
      this.timeline.report({
        kind: 'fault',
        sentence: `${fault.words} is cleared${placeOf(fault, farEnd ?? null)}.`,
        act
      })
    }
  }

  /**
   * Claims the fault for a connection that begins at a server, or for what is on its way; `null` when there is none. The
   * caller reports whether it struck.
   */
  claim(place: StrikePlace): Claim | null {
    const one = this.armed.find(({ fault, order, claims }) => {
      if (order.times === 'next' && claims > 0) return false
      if (place === 'network' || place === 'datagram') return fault.where === place
      return !isOnTheWay(fault) && (order.farEnd ?? place) === place && strikesAt(fault, place)
    })
    return one ? this.claimed(one, place) : null
  }

  /** Claims the network fault for a connection that is about to open; `null` when there is none. */
  claimOnTheWay(): {
    readonly id: NetworkFaultId
    readonly parameter: number | null
    strike(cause: number | null): number
  } | null {
    const claim = this.claim('network')
    if (!claim || !isNetworkFault(claim.fault.id)) return null
    return { id: claim.fault.id, parameter: claim.parameter, strike: (cause) => claim.strike(cause) }
  }

  /** Claims the fault for a datagram that is about to reach the module; `null` when there is none. */
  claimDatagram(): {
    readonly id: DatagramFaultId
    readonly parameter: number | null
    strike(cause: number | null): number
  } | null {
    const claim = this.claim('datagram')
    if (!claim || !isDatagramFault(claim.fault.id)) return null
    return { id: claim.fault.id, parameter: claim.parameter, strike: (cause) => claim.strike(cause) }
  }

  private claimed(one: Armed, place: StrikePlace): Claim {
    const farEnd = serverAt(place)
    one.claims += 1
    let over = false
    return {
      fault: one.fault,
      parameter: one.parameter,
      strike: (cause) => {
        over = true
        one.strikes += 1
        if (one.order.times === 'next') this.armed = this.armed.filter((each) => each !== one)
        const where = farEnd === null ? '' : ` at the ${labServerTitle(farEnd)}`
        const seq = this.timeline.report(
          {
            kind: 'fault',
            sentence: `${one.fault.words}${where}: ${subjectOf(farEnd)} ${doesAt(one.fault, farEnd)}${figureOf(one.fault, one.parameter)}.`
          },
          cause
        )
        const strike: FaultStrike = {
          fault: one.fault.id,
          farEnd,
          moduleMs: this.moduleMs(),
          seq
        }
        this.struck = [...this.struck, strike].slice(-MAX_STRIKES)
        return seq
      },
      release: () => {
        if (!over) one.claims -= 1
        over = true
      }
    }
  }
}

export interface Claim {
  readonly fault: LabFault
  readonly parameter: number | null
  /**
   * Reports, once, that the fault takes effect. `cause` is the event that it interrupts. Returns the number of its own
   * event.
   */
  strike(cause: number | null): number
  /** Ends the claim with the connection. A fault that has not struck waits for another connection. */
  release(): void
}

interface Armed {
  readonly id: number
  readonly order: FaultOrder
  readonly fault: LabFault
  readonly parameter: number | null
  strikes: number
  /** Connections that hold a claim at which the fault has not struck yet. Used for faults that strike once. */
  claims: number
}

function parameterOf(fault: LabFault, asked: number | undefined): number | null {
  const { parameter } = fault
  if (!parameter) {
    if (asked !== undefined) throw new Error(`${fault.words} takes no figure.`)
    return null
  }
  const value = asked ?? parameter.usual
  if (Number.isInteger(value) && value >= parameter.least && value <= parameter.most) return value
  throw new Error(`${fault.words} takes ${parameter.least} to ${parameter.most} ${parameter.unit}, not ${value}.`)
}

function figureOf({ parameter }: LabFault, value: number | null): string {
  if (!parameter || value === null) return ''
  return ` (${parameter.words} ${value} ${parameter.unit === 'bytes' && value === 1 ? 'byte' : parameter.unit})`
}

function placeOf(fault: LabFault, farEnd: LabServerId | null): string {
  return isOnTheWay(fault) || farEnd === null ? '' : ` at the ${labServerTitle(farEnd)}`
}

function subjectOf(farEnd: LabServerId | null): string {
  return farEnd === null ? 'the network' : 'it'
}

/** Where a fault can strike: at a server, at a connection that opens, or at a datagram. */
type StrikePlace = LabServerId | 'network' | 'datagram'

function serverAt(place: StrikePlace): LabServerId | null {
  return place === 'network' || place === 'datagram' ? null : place
}

/** More than a person can keep track of. */
const MAX_ARMED = 24
/** Strikes that the panel shows. The timeline has all. */
const MAX_STRIKES = 12
