import type { TypedInput } from '../../shared/api/api.ts'
import type { HostLines } from '../../shared/hardware/port-lines.ts'
import type { TimelineReporter } from '../../shared/timeline/events.ts'
import type { AtInstance } from '../module/at/instance.ts'
import type { Module } from '../module/module.ts'
import type { SimulatorOptions } from '../options/options.ts'
import { AtPortHub } from '../ports/at-port-hub.ts'
import type { Batcher } from './batcher.ts'
import type { Surroundings } from './board.ts'

/** The ports of all AT instances, one hub for each, with the module of the moment behind them. */
export class AtHubs {
  readonly all: readonly AtPortHub[]

  constructor(
    { instances, pace }: Pick<SimulatorOptions, 'instances' | 'pace'>,
    timeline: TimelineReporter,
    private readonly module: () => Module,
    batcher: Batcher
  ) {
    this.all = Array.from({ length: instances }, (_, index) => {
      const behind = {
        receive: (bytes: Uint8Array) => this.instance(index).receive(bytes),
        clientChanged: () => this.instance(index).clientChanged(),
        drained: () => this.instance(index).portDrained(),
        hostLines: (lines: HostLines) => this.instance(index).uart.hostLines(lines),
        output: (bytes: Uint8Array) => batcher.printed(index, bytes)
      }
      return new AtPortHub(index, timeline, behind, pace)
    })
  }

  /** What the module writes to, by AT instance. */
  get ports(): Surroundings['ports'] {
    return this.all.map((hub) => ({
      write: (bytes) => hub.write(bytes),
      setReading: (reading) => hub.setReading(reading),
      setUart: (uart) => hub.setUart(uart)
    }))
  }

  /** The module was replaced. */
  moduleChanged(): void {
    for (const hub of this.all) hub.moduleChanged()
  }

  /** Types bytes from the window. Throws while a host has the port. */
  type({ instance, bytes }: TypedInput): void {
    const hub = this.all[instance]
    if (!hub) throw new Error(`There is no AT instance ${instance}.`)
    const { occupant } = hub
    if (occupant !== null) throw new Error(`${occupant} has the port; what it types and what you type would mix.`)
    this.instance(instance).receive(bytes)
  }

  private instance(index: number): AtInstance {
    const instance = this.module().instances[index]
    if (!instance) throw new Error(`The module has no AT instance ${index}.`)
    return instance
  }
}
