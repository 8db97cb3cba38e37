import { execFileSync } from 'node:child_process'
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fileTypes, openableByPage, openableFiles, openingOf, takeFiles } from '../../../src/main/desktop/file-types.ts'
import { PageFiles, readCaptureFile } from '../../../src/main/desktop/page-files.ts'
import { captureExtensions, isForWindow } from '../../../src/shared/api/opened-files.ts'
import { MAX_CAPTURE_BYTES } from '../../../src/shared/calls/capture.ts'
import { scratchFolder } from '../ports/scratch-folder.ts'

const file = (name: string) => ({ name, bytes: new Uint8Array(1) })

describe('captures on their way to the page', () => {
  it('wait until it is there, also while it is loaded anew; only the newest is kept', () => {
    const files = new PageFiles()
    const sent: string[] = []
    const send = ({ name }: { readonly name: string }): void => void sent.push(name)
    files.show(file('a'))
    files.show(file('b'))
    files.loaded(send)
    expect(sent).toEqual(['b'])
    files.show(file('c'))
    files.left()
    files.show(file('d'))
    expect(sent).toEqual(['b', 'c'])
    files.loaded(send)
    expect(sent).toEqual(['b', 'c', 'd'])
    files.left()
    files.loaded(send)
    expect(sent).toEqual(['b', 'c', 'd'])
  })

  it('are read whole, or refused in a sentence', async () => {
    const folder = scratchFolder()
    const path = (name: string): string => join(folder, name)
    writeFileSync(path('a.pcapng'), 'abc')
    expect(await readCaptureFile(path('a.pcapng'))).toEqual({
      name: 'a.pcapng',
      bytes: Uint8Array.from(Buffer.from('abc'))
    })
    writeFileSync(path('large.pcapng'), '')
    truncateSync(path('large.pcapng'), MAX_CAPTURE_BYTES + 1)
    mkdirSync(path('folder.pcapng'))
    expect(await readCaptureFile(path('large.pcapng'))).toEqual({
      refusal: `${path('large.pcapng')} has ${MAX_CAPTURE_BYTES + 1} bytes; 32 MiB is the most that can be looked into.`
    })
    expect(await readCaptureFile(path('folder.pcapng'))).toEqual({ refusal: `${path('folder.pcapng')} is no file.` })
    expect(await readCaptureFile(path('a.pcapng/within.pcapng'))).toEqual({
      refusal: `${path('a.pcapng/within.pcapng')} cannot be read: a part of its path is not a folder.`
    })
    expect(await readCaptureFile(path('gone.pcapng'))).toEqual({
      refusal: `${path('gone.pcapng')} cannot be read: there is no such file.`
    })
  })
})

it.skipIf(process.platform === 'win32')('a pipe that nobody writes is no file, and not waited for', async () => {
  const pipe = join(scratchFolder(), 'pipe.pcapng')
  execFileSync('mkfifo', [pipe])
  expect(await readCaptureFile(pipe)).toEqual({ refusal: `${pipe} is no file.` })
})

describe('files that the program opens', () => {
  it('are transcripts to check and captures to show, the same as the window takes', () => {
    expect(
      fileTypes.filter(({ opening }) => opening === 'show').flatMap(({ extension, also }) => [extension, ...also])
    ).toEqual(captureExtensions)
    expect(['a.transcript', 'b.PCAPNG', 'c.pcap', 'd.log', 'pcapng'].map(openingOf)).toEqual([
      'check',
      'show',
      'show',
      null,
      null
    ])
    expect(openableFiles(['/a.pcapng', 'relative.pcapng', '/b.keys', 7])).toEqual(['/a.pcapng'])
    // A page must not get the content of a capture by naming its path.
    expect(openableByPage(['/a.pcapng', '/b.pcap', '/c.transcript'])).toEqual(['/c.transcript'])
  })

  it('are taken out of the arguments, but not the value of an option', () => {
    expect(takeFiles(['field.pcapng', '--capture', 'live.pcapng', '--lab', 'off'], '/home/me')).toEqual({
      files: ['/home/me/field.pcapng'],
      rest: ['--capture', 'live.pcapng', '--lab', 'off']
    })
  })

  it('are for the window unless a part of the page takes them itself', () => {
    const over = (takes: boolean, types: readonly string[]) => ({
      target: { closest: () => (takes ? {} : null) },
      dataTransfer: { types }
    })
    expect([
      isForWindow(over(false, ['Files'])),
      isForWindow(over(true, ['Files'])),
      isForWindow(over(false, ['text/plain'])),
      isForWindow({ target: null, dataTransfer: null })
    ]).toEqual([true, false, false, false])
  })
})
