/** @module Reads capture files for the window, in a thread: pcapng and pcap, TCP in order, TLS and AT interfaces. */

import type { CapturedLine, CaptureReading } from '../../shared/calls/capture.ts'
import { atLineOf, AT_LINK_TYPE } from './at-packets.ts'
import { readCaptureFile } from './capture-file.ts'
import type { CapturedPacket, CaptureFile } from './captured-packet.ts'
import { isReadableLink, READABLE_LINKS, tcpSegmentOf } from './ip-packet.ts'
import { secretsIn } from './key-log-text.ts'
import { MAX_LINES, MAX_MESSAGES, MAX_STREAMS } from './limits.ts'
import { CaptureRefused } from './refusal.ts'
import { TcpConnection } from './tcp-connection.ts'

/** Everything that the window shows of a capture. Plain data, so that a thread can send it. */
export interface ReadCapture {
  readonly reading: CaptureReading
  /** By `seq`. `bytes` is `null` for a message that stays encrypted. */
  readonly messages: readonly { readonly name: string; readonly bytes: Uint8Array | null }[]
  readonly atLines: readonly CapturedLine[]
  /** By the number of the stream minus 1. */
  readonly streamLines: readonly (readonly CapturedLine[])[]
}

/**
 * Reads a capture, with the text of a separate key log if there is one. Pure. Throws nothing but CaptureRefused,
 * whatever the file holds.
 */
export function readCapture(bytes: Uint8Array, keyLog: string | null): ReadCapture {
  const file = readCaptureFile(bytes)
  refuseOtherLinks(file.packets)
  return new CaptureReader(file, keyLog).read()
}

class CaptureReader {
  private readonly messages: { name: string; bytes: Uint8Array | null }[] = []
  private readonly atLines: CapturedLine[] = []
  private keptLines = 0
  /** The newest connection of each pair of ends. */
  private readonly newest = new Map<string, TcpConnection>()
  private readonly connections: TcpConnection[] = []
  private readonly left = { streams: false, otherLinks: 0, noTcp: 0, atLines: 0 }
  private readonly inCapture
  private readonly beside
  private readonly host

  constructor(
    private readonly file: CaptureFile,
    keyLog: string | null
  ) {
    this.inCapture = secretsIn(file.keyLogs)
    this.beside = secretsIn(keyLog === null ? [] : [keyLog])
    this.host = {
      secrets: new Map([...this.inCapture, ...this.beside]),
      message: (name: string, bytes: Uint8Array | null) =>
        this.messages.length >= MAX_MESSAGES ? null : this.messages.push({ name, bytes }) - 1,
      mayKeepLine: () => this.keptLines < MAX_LINES && ++this.keptLines > 0
    }
  }

  read(): ReadCapture {
    const { file } = this
    for (const packet of file.packets) this.packet(packet)
    const endMs = file.packets.at(-1)?.atMs ?? 0
    const streams = this.connections.map((connection, at) => connection.end(at + 1, endMs))
    const began = file.packets.find((packet) => packet.atMs !== 0)
    return {
      reading: {
        format: file.format,
        application: file.application,
        isOwn: file.application === OWN_APPLICATION,
        packets: file.packets.length,
        beganMs: began?.atMs ?? null,
        comments: file.comments,
        secrets: { inCapture: this.inCapture.size, beside: this.beside.size },
        streams,
        lines: this.atLines.length,
        notes: [...file.notes, ...this.notes()]
      },
      messages: this.messages,
      atLines: this.atLines,
      streamLines: this.connections.map(({ lines }) => lines)
    }
  }

  private packet(packet: CapturedPacket): void {
    if (packet.linkType === AT_LINK_TYPE) return this.atPacket(packet)
    if (!isReadableLink(packet.linkType)) {
      this.left.otherLinks += 1
      return
    }
    const segment = tcpSegmentOf(packet.linkType, packet.bytes, packet.wireBytes)
    if (!segment) {
      this.left.noTcp += 1
      return
    }
    const ends = segment.from < segment.to ? `${segment.from} ${segment.to}` : `${segment.to} ${segment.from}`
    let connection = this.newest.get(ends)
    if (!connection || connection.isBegunAnewBy(segment)) {
      if (this.connections.length >= MAX_STREAMS) {
        this.left.streams = true
        return
      }
      connection = new TcpConnection(
        segment,
        packet.atMs,
        segment.syn && !segment.ack ? segment.sequence : null,
        this.host
      )
      this.newest.set(ends, connection)
      this.connections.push(connection)
    }
    connection.add(segment, packet.atMs, packet.comments)
  }

  private atPacket(packet: CapturedPacket): void {
    const line = atLineOf(packet)
    if (!line) this.left.noTcp += 1
    else if (this.atLines.length >= MAX_LINES) this.left.atLines += 1
    else this.atLines.push(line)
  }

  private notes(): string[] {
    const { streams, otherLinks, noTcp, atLines } = this.left
    return [
      ...(this.file.packets.length === 0 ? ['The capture holds no packets.'] : []),
      ...(streams ? [`Only the first ${MAX_STREAMS} connections are shown.`] : []),
      ...(atLines > 0 ? [`Only the first ${MAX_LINES} lines of the AT interfaces are shown.`] : []),
      ...(otherLinks > 0
        ? [
            `${packets(otherLinks)} of another link type: only ${READABLE_LINKS}, and this program's AT interfaces, are read.`
          ]
        : []),
      ...(noTcp > 0 ? [`${packets(noTcp)} no TCP, and ${noTcp === 1 ? 'is' : 'are'} not shown.`] : [])
    ]
  }
}

function refuseOtherLinks(all: readonly CapturedPacket[]): void {
  const first = all[0]
  if (!first || all.some(({ linkType }) => linkType === AT_LINK_TYPE || isReadableLink(linkType))) return
  throw new CaptureRefused(
    `The capture is of link type ${first.linkType}; only ${READABLE_LINKS}, and this program's AT interfaces, are read.`
  )
}

function packets(count: number): string {
  return count === 1 ? '1 packet is' : `${count} packets are`
}

/** The application name that this program writes into its captures (timeline/exports/pcapng). */
const OWN_APPLICATION = 'Telit SSL Simulator'
