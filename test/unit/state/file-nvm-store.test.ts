import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FileNvmStore } from '../../../src/main/state/file-nvm-store.ts'
import { StateError } from '../../../src/main/state/state-error.ts'
import { Bench } from '../../fixtures/bench.ts'
import { scratchFolder } from '../ports/scratch-folder.ts'
import { failingFiles } from './power-cut.ts'

const oldImage = JSON.stringify({ version: 1, apn: 'before' })
const newImage = JSON.stringify({ version: 1, apn: 'after, and a good deal longer than what was there' })

describe('a power cut while NVM is written (D-25)', () => {
  it('at any byte, flush, close or rename leaves the old image or the new one, never a mixture', () => {
    const whole = failingFiles(Number.POSITIVE_INFINITY)
    const rehearsal = scratchFolder()
    new FileNvmStore(rehearsal, 'HE910', { files: whole }).save(newImage)
    const steps = whole.stepsTaken()
    expect(steps).toBeGreaterThan(newImage.length)

    const found: (string | null)[] = []
    for (let cutAfter = 0; cutAfter <= steps; cutAfter += 1) {
      const folder = scratchFolder()
      new FileNvmStore(folder, 'HE910').save(oldImage)
      const cut = new FileNvmStore(folder, 'HE910', { files: failingFiles(cutAfter) })
      if (cutAfter < steps)
        expect(() => cut.save(newImage), `after ${cutAfter} steps`).toThrow(
          /cannot be written: the system reports The power failed/
        )
      else cut.save(newImage)
      const { image, fault } = new FileNvmStore(folder, 'HE910').load()
      expect(fault, `after ${cutAfter} steps`).toBeNull()
      found.push(image)
    }
    expect(new Set(found)).toEqual(new Set([oldImage, newImage]))
    // Once the new image is there, no later power cut brings back the old one.
    expect(found.lastIndexOf(oldImage)).toBeLessThan(found.indexOf(newImage))
    expect(found.at(-1)).toBe(newImage)
  })

  it('at any byte of the very first image leaves none or the whole of it', () => {
    for (const cutAfter of [0, 1, 2, 20, newImage.length, newImage.length + 5]) {
      const folder = scratchFolder()
      expect(() => new FileNvmStore(folder, 'HE910', { files: failingFiles(cutAfter) }).save(newImage)).toThrow(
        /cannot be written/
      )
      expect(new FileNvmStore(folder, 'HE910').load()).toEqual({ image: null, fault: null })
    }
  })

  it('is followed by a start with what was stored before, at every byte of a torn write beside the image', () => {
    const folder = scratchFolder()
    const bench = new Bench({ store: new FileNvmStore(folder, 'HE910') })
    bench.at('AT+CGDCONT=1,"IP","kept"')
    const file = join(folder, 'HE910', 'nvm.json')
    const whole = readFileSync(file)
    for (let bytes = 0; bytes < whole.length; bytes += 1) {
      writeFileSync(`${file}.new`, whole.subarray(0, bytes))
      expect(new FileNvmStore(folder, 'HE910').load().fault, `${bytes} bytes`).toBeNull()
    }
    const again = new Bench({ store: new FileNvmStore(folder, 'HE910') })
    expect(again.at('AT+CGDCONT?')).toContain('"kept"')
    expect(again.module.parts.nvm.fault).toBeNull()
  })
})

describe('a damaged NVM image (D-25)', () => {
  it('is noticed wherever it was cut off, set aside under a free name, and said', () => {
    const folder = scratchFolder()
    new FileNvmStore(folder, 'HE910').save(oldImage)
    const file = join(folder, 'HE910', 'nvm.json')
    const whole = readFileSync(file, 'utf8')
    let damaged = 0
    for (let bytes = 0; bytes < whole.length; bytes += 1) {
      writeFileSync(file, whole.slice(0, bytes))
      const { image, fault } = new FileNvmStore(folder, 'HE910').load()
      // Cut before the end of the checksum's line, the image itself may still be complete.
      if (image !== null) {
        expect(image.trim(), `${bytes} bytes`).toBe(oldImage)
        continue
      }
      damaged += 1
      expect(fault, `${bytes} bytes`).toBe(`The NVM image is damaged; it was set aside as ${file}.damaged-${damaged}.`)
      expect(readFileSync(`${file}.damaged-${damaged}`, 'utf8')).toBe(whole.slice(0, bytes))
      expect(existsSync(file)).toBe(false)
    }
    expect(damaged).toBeGreaterThan(oldImage.length)
  })

  it('is noticed when a single byte of it has changed', () => {
    const folder = scratchFolder()
    const store = new FileNvmStore(folder, 'HE910')
    const file = join(folder, 'HE910', 'nvm.json')
    for (let at = 0; at < oldImage.length; at += 1) {
      store.save(oldImage)
      const bytes = readFileSync(file)
      bytes[at]! ^= 1
      writeFileSync(file, bytes)
      expect(store.load().fault, `byte ${at}`).toMatch(/damaged/)
    }
  })

  it('starts the module empty, tells the timeline, and is never overwritten', () => {
    const folder = scratchFolder()
    mkdirSync(join(folder, 'HE910'))
    writeFileSync(join(folder, 'HE910', 'nvm.json'), '{"version":1,"cont')
    const bench = new Bench({ store: new FileNvmStore(folder, 'HE910') })
    expect(bench.facts('nvm')[0]!.sentence).toMatch(
      /damaged; it was set aside as .*damaged-1\. The module starts with an empty NVM\./
    )
    bench.at('AT+CGDCONT=1,"IP","new"')
    expect(readdirSync(join(folder, 'HE910')).toSorted()).toEqual(['nvm.json', 'nvm.json.damaged-1'])
    expect(readFileSync(join(folder, 'HE910', 'nvm.json.damaged-1'), 'utf8')).toBe('{"version":1,"cont')
  })

  it('is not one when it is JSON without a checksum, laid out by hand', () => {
    const folder = scratchFolder()
    mkdirSync(join(folder, 'HE910'))
    const image = JSON.stringify({ version: 1 }, null, 2)
    writeFileSync(join(folder, 'HE910', 'nvm.json'), `${image}\n`)
    expect(new FileNvmStore(folder, 'HE910').load()).toEqual({ image: `${image}\n`, fault: null })
  })
})

describe('the image on the disk', () => {
  it('S-13: is for its owner alone, also where a power cut left a part that others could read', () => {
    const folder = scratchFolder()
    const store = new FileNvmStore(folder, 'HE910')
    writeFileSync(join(folder, 'HE910', 'nvm.json.new'), '{', { mode: 0o644 })
    store.save('{"version":1}')
    expect(statSync(join(folder, 'HE910', 'nvm.json')).mode & 0o777).toBe(0o600)
  })

  it('S-11: a pipe in its place is refused with a sentence, and not waited for', () => {
    const folder = scratchFolder()
    const store = new FileNvmStore(folder, 'HE910')
    execFileSync('mkfifo', [join(folder, 'HE910', 'nvm.json')])
    expect(() => store.load()).toThrow(
      new StateError(`The NVM image ${join(folder, 'HE910', 'nvm.json')} cannot be read: it is a pipe, not a file.`)
    )
  })
})

describe('a folder that cannot be used', () => {
  it('is one sentence', () => {
    const folder = scratchFolder()
    writeFileSync(join(folder, 'HE910'), 'a file')
    expect(() => new FileNvmStore(folder, 'HE910')).toThrow(/^The state folder .*HE910 cannot be created: .*\.$/)
  })
})
