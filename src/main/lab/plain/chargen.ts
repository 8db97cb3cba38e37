import type { ConversePlain } from './conversation.ts'

/** Sends lines of text at the rate of the settings, until the peer has closed or does not read (RFC 864). */
export const converseChargen: ConversePlain = ({ settings: { bytesPerSecond }, world, write }) => {
  let [lines, owedBytes, lastMs, over] = [0, 0, world.nowMs(), false]
  let waiting = Buffer.alloc(0)
  let timer = world.schedule(STEP_MS, next)
  function next(): void {
    const now = world.nowMs()
    // What was missed while the peer did not read is not caught up.
    const mostBytes = Math.max(1, (bytesPerSecond * LONGEST_STEP_MS) / 1000)
    owedBytes = Math.min(owedBytes + (Math.max(0, now - lastMs) * bytesPerSecond) / 1000, mostBytes)
    lastMs = now
    const piece = Math.floor(owedBytes)
    owedBytes -= piece
    while (waiting.length < piece) waiting = Buffer.concat([waiting, chargenLine(lines++)])
    const taken = piece === 0 || write(waiting.subarray(0, piece))
    waiting = waiting.subarray(piece)
    if (taken) timer = world.schedule(STEP_MS, next)
  }
  return {
    data: () => {},
    drained: () => {
      timer.cancel()
      if (!over) timer = world.schedule(STEP_MS, next)
    },
    closed: () => {
      over = true
      timer.cancel()
    }
  }
}

/** Returns one line of 72 characters and its end; each begins with the next character. */
export function chargenLine(number: number): Buffer {
  const line = Buffer.alloc(LINE_CHARACTERS + 2)
  for (let at = 0; at < LINE_CHARACTERS; at++) line[at] = FIRST_CHARACTER + ((number + at) % CHARACTERS)
  line.write('\r\n', LINE_CHARACTERS, 'latin1')
  return line
}

const LINE_CHARACTERS = 72
/** The printable characters of ASCII: the first, and their number. */
const FIRST_CHARACTER = 0x20
const CHARACTERS = 95
const STEP_MS = 50
/** The longest time whose bytes go out at once. */
const LONGEST_STEP_MS = 200
