import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { checkCommand } from '../../../src/main/check/check-command.ts'
import { UsageError } from '../../../src/main/options/options.ts'
import { testPki } from '../../fixtures/pki.ts'
import { ready, record } from '../../fixtures/transcripts.ts'

// `telit-sim check` with a good transcript, a changed one, and files that are not transcripts.

let folder: string
let text: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'telit-sim-check-'))
  text = await record([
    ...ready,
    'AT#SSLSECCFG=1,1,0\r',
    'AT#SSLD=1,443,"123.124.125.126",0,1\r',
    'AT#SSLS=1\r',
    'AT#SSLH=1\r'
  ])
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const file = (content: string, name = 'a.transcript'): string => {
  const path = join(folder, name)
  writeFileSync(path, content, 'latin1')
  return path
}

describe('what is the same and what differs', () => {
  it('the same', async () => {
    const { text: said, same } = await checkCommand([file(text)])
    expect(said).toMatch(
      /a\.transcript: same \(HE910 12\.00\.xx5, seed 5; \d+ lines of the module compared; masked: 2 addresses\)\.\n$/
    )
    expect(same).toBe(true)
  })

  it('a changed answer names line, expected and got', async () => {
    const changed = text.replace('#SSLS: 1,2,1', '#SSLS: 1,1,1')
    const line = changed.split('\n').findIndex((one) => one.includes('#SSLS: 1,1,1')) + 1
    const { text: said, same } = await checkCommand([file(changed)])
    expect(said).toContain(`a.transcript:${line}: AT0, after AT#SSLS=1\\r\n  expected `)
    expect(said).toMatch(
      / {2}expected .*#SSLS: 1,1,1\\r\\n\\r\\nOK\\r\\n\n {2}got {6}.*#SSLS: 1,2,1\\r\\n\\r\\nOK\\r\\n\n +\^\n/
    )
    expect(said).toContain('differs in 1 place (')
    expect(same).toBe(false)
  })

  it('the same as JSON lines', async () => {
    const { text: said } = await checkCommand([file(text.replace('#SSLS: 1,2,1', '#SSLS: 1,1,1')), '--json'])
    const [difference, result] = said
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(difference).toMatchObject({ event: 'difference', instance: 0, after: 'AT#SSLS=1\\r' })
    expect(result).toMatchObject({ event: 'result', same: false, differences: 1, product: 'HE910', seed: 5 })
  })

  it('an answer too much and an answer too few', async () => {
    const lines = text.split('\n')
    const at = lines.findIndex((one) => one.includes('> AT#SSLH=1')) + 2
    const count = Number(/end: (\d+)/.exec(text)![1])
    const more = [...lines.slice(0, at), '    900.000 0 < \\r\\nRING\\r\\n', ...lines.slice(at)]
      .join('\n')
      .replace(/end: \d+/, `end: ${count + 1}`)
    expect((await checkCommand([file(more)])).text).toContain('RING')
    const last = lines.findLastIndex((one) => one.includes(' < '))
    const fewer = lines
      .filter((_, index) => index !== last)
      .join('\n')
      .replace(/end: \d+/, `end: ${count - 1}`)
    expect((await checkCommand([file(fewer)])).text).toContain('expected nothing more')
  })

  it('another product, chosen on the command line, differs where it differs', async () => {
    const { text: said, same } = await checkCommand([file(text), '--product', 'GE865-QUAD'])
    expect(said).toContain('(GE865-QUAD ')
    expect(same).toBe(true)
  })

  it("an address that is not the lab's is said", async () => {
    const other = await record([...ready, 'AT#SSLSECCFG=1,1,0\r', 'AT#SSLD=1,443,"123.124.125.126",0,1\r'])
    const { text: said, same } = await checkCommand([file(other.replace('lab tls: 123.124.125.126:443\n', ''))])
    expect(said).toContain("The transcript dials 123.124.125.126:443: check has only the lab's servers")
    expect(same).toBe(false)
  })
})

describe('secrets', () => {
  const { keyPkcs1Pem } = testPki().client
  const script = [
    ...ready,
    `AT#SSLSECDATA=1,1,2,${keyPkcs1Pem.length}\r`,
    `${keyPkcs1Pem}\x1a`,
    'AT#SSLSECDATA=1,2,2\r',
    'AT+CPIN=1234\r',
    'AT#SSLSECDATA?\r'
  ] as const

  it('are placeholders with name, length and digest, in both directions', async () => {
    const recorded = await record(script)
    expect(recorded).toMatch(new RegExp(`> \\\\<secret private-key ${keyPkcs1Pem.length} [0-9a-f]{16}>\\\\x1a`))
    expect(recorded).toMatch(
      new RegExp(
        `SSLSECDATA: 1,2\\\\r\\\\n\\\\?\\n?[^\\n]*\\n?[^\\n]*\\\\<secret private-key ${keyPkcs1Pem.length} [0-9a-f]{16}>`
      )
    )
    expect(recorded).toMatch(/AT\+CPIN=\\<secret cpin-pin 4 [0-9a-f]{2}>\\r/)
    for (const line of keyPkcs1Pem.split('\n').filter((one) => one.length > 30))
      expect(recorded).not.toContain(line.slice(0, 20))
  })

  it("are filled in from a file, and the lab's own are known", async () => {
    const { text: said, same } = await checkCommand([
      file(await record(script)),
      '--secret',
      `private-key=${file(`notes before\n${keyPkcs1Pem}\n\n`, 'key.pem')}`
    ])
    expect(said).not.toContain('not known')
    expect(same).toBe(true)
  })

  it('that are not known are said, and their answers not compared', async () => {
    const { text: said } = await checkCommand([
      file(await record(script)),
      '--secret',
      `private-key=${file('another key', 'wrong.pem')}`
    ])
    expect(said).toMatch(/a\.transcript:\d+: The secret private-key is not known/)
    expect(said).toContain('1 skipped')
    expect(said).toContain(
      '\nSkipped: check could not replay these lines as recorded, for the reason given with each, so the verdict does not cover them.\n'
    )
  })
})

describe('what is wrong usage, and what cannot be had', () => {
  it.each([
    [() => [], /check takes one transcript/],
    [() => ['a', 'b'], /check takes one transcript/],
    [() => [file(text), '--seed', 'x'], /--seed takes a whole number/],
    [() => [file(text), '--product', 'HE999'], /no product HE999/],
    [() => [file(text), '--software', '9'], /no software version 9/],
    [() => [file(text), '--secret', 'key.pem'], /--secret takes NAME=FILE/],
    [() => [file(text), '--colour'], /--colour/],
    [() => [file(text.slice(0, 900))], /a\.transcript is torn/],
    [() => [file('\x00\x01\x02')], /a\.transcript is no transcript/],
    [() => [file(text.replace('transcript 1', 'transcript 7'))], /version 7/]
  ])('%# is one sentence', async (args, sentence) => {
    const error = await checkCommand(args()).catch((one: unknown) => one as Error)
    expect(error).toBeInstanceOf(UsageError)
    expect((error as Error).message).toMatch(sentence)
    expect((error as Error).message).not.toContain('\n')
  })

  it('S-11: a pipe that nobody writes, a device without end and a socket are refused, and not waited for', async () => {
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    const server = createServer().listen(join(folder, 'socket'))
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    for (const [path, kind] of [
      [pipe, 'a pipe'],
      ['/dev/zero', 'a device'],
      [join(folder, 'socket'), 'a socket']
    ] as const) {
      await expect(checkCommand([path])).rejects.toThrow(
        `The transcript ${path} cannot be read: it is ${kind}, not a file.`
      )
      await expect(checkCommand([file(text), '--secret', `pin=${path}`])).rejects.toThrow(
        `The secret ${path} cannot be read: it is ${kind}, not a file.`
      )
    }
  })

  it('S-11: a transcript that is larger than any is refused before it is read', async () => {
    const large = join(folder, 'large.transcript')
    writeFileSync(large, '')
    truncateSync(large, 2 ** 32)
    await expect(checkCommand([large])).rejects.toThrow(
      `The transcript ${large} cannot be read: it is larger than 64 MiB.`
    )
  })

  it('a file that is not there, or is a folder', async () => {
    for (const path of [join(folder, 'none'), folder]) {
      const error = await checkCommand([path]).catch((one: unknown) => one as Error)
      expect(error).not.toBeInstanceOf(UsageError)
      expect((error as Error).message).toBe(
        `The transcript ${path} cannot be read: ${path === folder ? 'it is a folder' : 'there is no such file'}.`
      )
    }
  })
})

describe('kept transcripts', () => {
  const kept = join(process.cwd(), 'test/fixtures/transcripts')
  it.each(readdirSync(kept).filter((name) => name.endsWith('.transcript')))(
    '%s, recorded over the pty in real time',
    async (name) => {
      const { text: said, same } = await checkCommand([
        join(kept, name),
        '--secret',
        `private-key=${join(kept, 'client-key.public-test-material.pem')}`
      ])
      expect(said).toMatch(/: same /)
      expect(same).toBe(true)
      expect(readFileSync(join(kept, name), 'latin1')).not.toMatch(/BEGIN RSA PRIVATE KEY-----\\nMII/)
    }
  )
})
