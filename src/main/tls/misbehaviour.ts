import type { TlsEndpoint, TlsEvents } from '../../shared/contracts/tls.ts'
import type { TlsFault, TlsStep } from '../../shared/tls/misbehaviour.ts'
import { TlsConnection } from './connection.ts'
import type { HandshakeChannel, RawChannel } from './handshake-role.ts'
import { encodeHandshake } from './messages.ts'
import type { HandshakeMessage } from './messages.ts'
import { CbcSealer } from './record-cipher.ts'
import type { RecordSealer } from './record-cipher.ts'
import { serverHandshake } from './server.ts'
import type { TlsServerOptions } from './server.ts'
import { contentTypeCodes } from './wire.ts'
import type { ContentType } from './wire.ts'

export interface MisbehavingEvents extends TlsEvents {
  /** Called once when the fault wants TCP to end after what was output. */
  hangUp(): void
  /** Called once when the rule is broken, before its effect is sent. A connection may end before that. */
  struck?(): void
}

/**
 * Makes a server that breaks one rule on demand. The handshake is the usual one: the fault is in the channel, which
 * changes, adds or drops what is sent. Two kinds of fault are the owner's: `identity` is in `options.identity`, `drip`
 * in how output is written (`drip.ts`).
 */
export function createMisbehavingServer(
  options: TlsServerOptions,
  fault: TlsFault,
  events: MisbehavingEvents
): TlsEndpoint {
  const gate = new Gate(events)
  const connection = new TlsConnection(
    fault.kind === 'small-records'
      ? { ...options, limits: { ...options.limits, maxSentPlaintextBytes: fault.contentBytes } }
      : options,
    events,
    (channel) => serverHandshake(options, faultyChannel(channel, fault, gate)),
    (bytes) => gate.output(bytes)
  )
  return {
    start: () => gate.step(() => connection.start()),
    receive: (bytes) => gate.step(() => connection.receive(bytes)),
    send: (bytes) => gate.step(() => connection.send(bytes)),
    close: () => gate.step(() => connection.close()),
    transportEnded: () => connection.transportEnded()
  }
}

/** Passes on or holds back the output, as the fault demands. */
class Gate {
  private readonly owner: MisbehavingEvents
  private isShut = false
  private shutsAfterStep = false
  private hangsUpAfterStep = false
  private hasStruck = false

  constructor(owner: MisbehavingEvents) {
    this.owner = owner
  }

  output(bytes: Uint8Array): void {
    if (!this.isShut) this.owner.output(bytes)
  }

  struck(): void {
    if (this.hasStruck) return
    this.hasStruck = true
    this.owner.struck?.()
  }

  /** Stops all output after what this step has written. */
  shut(): void {
    this.shutsAfterStep = true
  }

  shutAndHangUp(): void {
    this.shut()
    this.hangsUpAfterStep = true
  }

  step(run: () => void): void {
    run()
    this.isShut = this.shutsAfterStep
    if (!this.hangsUpAfterStep) return
    this.hangsUpAfterStep = false
    this.owner.hangUp()
  }
}

function faultyChannel(channel: RawChannel, fault: TlsFault, gate: Gate): HandshakeChannel {
  switch (fault.kind) {
    case 'silence':
      return until(channel, fault.at, gate, () => gate.shut())
    case 'close':
      return until(channel, fault.at, gate, () => gate.shutAndHangUp())
    case 'alert': {
      const send = (): void => channel.sendAlert(fault.isFatal, fault.alert)
      if (!fault.isFatal) return before(channel, fault.at, gate, send)
      return until(channel, fault.at, gate, () => (send(), gate.shutAndHangUp()))
    }
    case 'record':
      return before(channel, fault.at, gate, () =>
        channel.sendRecord(fault.contentType, Buffer.alloc(fault.contentBytes))
      )
    case 'change-cipher-spec':
      return before(channel, fault.at, gate, () => channel.sendRecord('change_cipher_spec', Buffer.from([1])))
    case 'hello-request':
      return before(channel, fault.at, gate, () => void channel.sendMessage({ name: 'HelloRequest' }))
    case 'truncated':
      return changing(channel, gate, (message) => (message.name === fault.at ? shortened(message) : null))
    case 'server-hello': {
      const { kind: _, ...changes } = fault
      return changing(channel, gate, (message) =>
        message.name === 'ServerHello' ? encodeHandshake({ ...message, ...changes }) : null
      )
    }
    case 'wrong-finished':
      return changing(channel, gate, (message) => {
        return message.name === 'Finished'
          ? encodeHandshake({ ...message, verifyData: Buffer.alloc(message.verifyData.length) })
          : null
      })
    case 'bad-mac':
      return sealing(channel, (sealer) => new BadMacSealer(sealer, typeAt(fault.at), gate))
    case 'bad-padding':
      return sealing(channel, (sealer) =>
        sealer instanceof CbcSealer ? new BadPaddingSealer(sealer, typeAt(fault.at), gate) : sealer
      )
    case 'identity':
      return before(channel, 'Certificate', gate, () => {})
    case 'drip':
    case 'small-records':
      return before(channel, 'ServerHello', gate, () => {})
  }
}

/** Calls `act` once, before what is sent at `step`. */
function before(channel: RawChannel, step: TlsStep, gate: Gate, act: () => void): HandshakeChannel {
  return watching(channel, step, () => (gate.struck(), act(), false))
}

/** Calls `act` instead of what is sent at `step`, and sends nothing more of the handshake. */
function until(channel: RawChannel, step: TlsStep, gate: Gate, act: () => void): HandshakeChannel {
  return watching(channel, step, () => (gate.struck(), act(), true))
}

/** Calls `act` when `step` is reached. If it returns true, nothing is sent from there on. */
function watching(channel: RawChannel, step: TlsStep, act: () => boolean): HandshakeChannel {
  let isDone = false
  let isStopped = false
  const stopsAt = (name: string): boolean => {
    if (name === step && !isDone) {
      isDone = true
      isStopped = act()
    }
    return isStopped
  }
  return {
    ...channel,
    sendMessage: (message) => (stopsAt(message.name) ? encodeHandshake(message) : channel.sendMessage(message)),
    sendChangeCipherSpec: (sealer) => void (stopsAt('ChangeCipherSpec') || channel.sendChangeCipherSpec(sealer)),
    opened: (suite, session) => {
      channel.opened(suite, session)
      stopsAt('application data')
    }
  }
}

/**
 * Sends what `change` returns instead of a message; for `null`, the message itself. The server's own transcript keeps
 * the correct message.
 */
function changing(
  channel: RawChannel,
  gate: Gate,
  change: (message: HandshakeMessage) => Buffer | null
): HandshakeChannel {
  return {
    ...channel,
    sendMessage: (message) => {
      const changed = change(message)
      if (!changed) return channel.sendMessage(message)
      gate.struck()
      channel.sendRecord('handshake', changed)
      return encodeHandshake(message)
    }
  }
}

function sealing(channel: RawChannel, change: (sealer: RecordSealer) => RecordSealer): HandshakeChannel {
  return { ...channel, sendChangeCipherSpec: (sealer) => channel.sendChangeCipherSpec(change(sealer)) }
}

/** Returns a message without its last byte, and with a length to match: only a reader of its fields notices. */
function shortened(message: HandshakeMessage): Buffer {
  const whole = encodeHandshake(message)
  const cut = Buffer.from(whole.subarray(0, whole.length - 1))
  cut.writeUIntBE(cut.length - 4, 1, 3)
  return cut
}

function typeAt(step: 'Finished' | 'application data'): ContentType {
  return step === 'Finished' ? 'handshake' : 'application_data'
}

/** Encrypts the records of one content type so that decryption fails. */
abstract class FaultySealer<Inner extends RecordSealer> implements RecordSealer {
  protected readonly inner: Inner
  private readonly faultyType: number

  constructor(
    inner: Inner,
    faultyType: ContentType,
    private readonly gate: Gate
  ) {
    this.inner = inner
    this.faultyType = contentTypeCodes[faultyType]
  }

  get macBytes(): number {
    return this.inner.macBytes
  }

  sealedBytes(contentBytes: number): number {
    return this.inner.sealedBytes(contentBytes)
  }

  seal(contentType: number, content: Buffer, fragment: Buffer): void {
    if (contentType !== this.faultyType) return this.inner.seal(contentType, content, fragment)
    this.gate.struck()
    this.sealWrongly(contentType, content, fragment)
  }

  protected abstract sealWrongly(contentType: number, content: Buffer, fragment: Buffer): void
}

class BadMacSealer extends FaultySealer<RecordSealer> {
  /** Uses the MAC of another content type. Padding, length and sequence number stay correct. */
  protected sealWrongly(contentType: number, content: Buffer, fragment: Buffer): void {
    this.inner.seal(contentType ^ 1, content, fragment)
  }
}

class BadPaddingSealer extends FaultySealer<CbcSealer> {
  /** Writes a padding length that does not fit the padding bytes. */
  protected sealWrongly(contentType: number, content: Buffer, fragment: Buffer): void {
    this.inner.sealPadded(contentType, content, fragment, (padding) => (padding[padding.length - 1]! ^= 0x80))
  }
}
