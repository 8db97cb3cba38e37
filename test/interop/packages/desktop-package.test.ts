import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fileTypes } from '../../../src/main/desktop/file-types.ts'
import { havePackagingTools } from '../../fixtures/peers.ts'
import { repository } from '../../fixtures/setup-scripts.ts'

const { default: config, fuses } = (await import(
  pathToFileURL(join(repository, 'build/electron-builder.mjs')).href
)) as {
  default: {
    readonly fileAssociations: readonly { readonly ext: string; readonly name: string; readonly mimeType: string }[]
  } & Readonly<Record<string, unknown>>
  fuses: Readonly<Record<string, boolean>>
}
const { ensurePackagingTools } = (await import(
  pathToFileURL(join(repository, 'build/setup/packaging-tools.mjs')).href
)) as {
  ensurePackagingTools(root: string): Promise<string>
}

const builder = process.platform === 'linux' ? await havePackagingTools(() => ensurePackagingTools(repository)) : null

describe('what the packages register with the system', () => {
  test('leaves captures to the program that has them already, where the system can be told so', () => {
    expect(config.fileAssociations.find(({ ext }) => ext === 'pcapng')).toMatchObject({
      role: 'Viewer',
      rank: 'Alternate'
    })
  })

  test('is what the program opens, and nothing else', () => {
    expect(config.fileAssociations.map(({ ext, name, mimeType }) => ({ extension: ext, name, mimeType }))).toEqual(
      fileTypes.map(({ extension, name, mimeType }) => ({ extension, name, mimeType }))
    )
  })
})

describe('the icons', () => {
  const icons = join(repository, 'build/icons')
  /** Returns width and height of a PNG. */
  const sizeOf = (png: Buffer): readonly [number, number] => {
    expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n')
    return [png.readUInt32BE(16), png.readUInt32BE(20)]
  }

  test('are PNGs of the sizes in their names', () => {
    const names = readdirSync(icons).filter((name) => name.endsWith('.png'))
    expect(names).toHaveLength(9)
    for (const name of names) expect(sizeOf(readFileSync(join(icons, name))).join('x')).toBe(name.replace('.png', ''))
  })

  test('for Windows hold each size that it asks for', () => {
    const ico = readFileSync(join(icons, 'icon.ico'))
    expect([ico.readUInt16LE(0), ico.readUInt16LE(2)]).toEqual([0, 1])
    const sizes = Array.from({ length: ico.readUInt16LE(4) }, (_, index) => {
      const entry = 6 + 16 * index
      const [length, at] = [ico.readUInt32LE(entry + 8), ico.readUInt32LE(entry + 12)]
      const [width] = sizeOf(ico.subarray(at, at + length))
      expect(ico.readUInt8(entry)).toBe(width % 256)
      return width
    })
    expect(sizes).toEqual([16, 24, 32, 48, 64, 128, 256])
  })

  test('for macOS hold each size that it asks for', () => {
    const icns = readFileSync(join(icons, 'icon.icns'))
    expect(icns.toString('latin1', 0, 4)).toBe('icns')
    expect(icns.readUInt32BE(4)).toBe(icns.length)
    const found: string[] = []
    for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
      found.push(`${icns.toString('latin1', at, at + 4)} ${sizeOf(icns.subarray(at + 8))[0]}`)
    }
    expect(found).toEqual([
      'ic11 32',
      'ic12 64',
      'ic07 128',
      'ic08 256',
      'ic13 256',
      'ic09 512',
      'ic14 512',
      'ic10 1024'
    ])
  })
})

/**
 * electron-builder itself packs the built program, with empty files instead of Electron's. Its handling of the
 * configuration is real: the list of files, what is unpacked, the fuses in the binary, the desktop entry. That the
 * package starts is not shown.
 */
describe.skipIf(builder === null)('the packed program for Linux', () => {
  const folder = mkdtempSync(join(tmpdir(), 'desktop-package-'))
  const electron = join(folder, 'electron')
  const unpacked = join(folder, 'dist/linux-unpacked')
  let files: readonly string[] = []
  let tools: NodeJS.Require

  beforeAll(async () => {
    tools = createRequire(builder!)
    makeElectron(electron)
    execFileSync(
      process.execPath,
      [
        builder!,
        '--linux',
        'dir',
        '--publish',
        'never',
        '--projectDir',
        repository,
        '--config',
        join(repository, 'build/electron-builder.mjs'),
        `-c.electronDist=${electron}`,
        `-c.directories.output=${join(folder, 'dist')}`
      ],
      { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }
    )
    const asar = (await import(
      pathToFileURL(createRequire(tools.resolve('app-builder-lib')).resolve('@electron/asar')).href
    )) as { listPackage(archive: string, options: object): string[] }
    files = asar.listPackage(join(unpacked, 'resources/app.asar'), {}).map((file) => file.replaceAll('\\', '/'))
  }, 240_000)

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('holds the program and the packages that it loads', () => {
    for (const file of [
      '/out/main/index.js',
      '/out/main/timeline-search.js',
      '/out/main/check-worker.js',
      '/out/main/capture-worker.js',
      '/out/preload/index.cjs',
      '/out/renderer/index.html',
      '/package.json',
      '/LICENSE'
    ]) {
      expect(files).toContain(file)
    }
    for (const name of ['node-pty', 'serialport', 'node-forge', 'ws'])
      expect(files, name).toContain(`/node_modules/${name}/package.json`)
  })

  test('holds no sources, maps, tests or tools', () => {
    const top = new Set(files.map((file) => file.split('/')[1]))
    expect([...top].sort()).toEqual(['LICENSE', 'THIRD-PARTY-NOTICES.md', 'node_modules', 'out', 'package.json'])
    expect(files.filter((file) => /\.(map|ts|tsx|cc|cpp|h|gyp|gypi|mk|o)$/.test(file))).toEqual([])
    expect(
      files.filter((file) =>
        /^\/node_modules\/(react|electron|typescript|vite|vitest|playwright-core|valibot|xstate)\b.*package\.json$/.test(
          file
        )
      )
    ).toEqual([])
    expect(files).not.toContain('/out/main/cli.js')
  })

  test('has the native packages as files of their own', () => {
    const outside = (
      readdirSync(join(unpacked, 'resources/app.asar.unpacked'), { recursive: true }) as string[]
    ).filter((file) => file.endsWith('.node'))
    expect(outside.filter((file) => file.includes('node-pty'))).toEqual([
      'node_modules/node-pty/build/Release/pty.node'
    ])
    expect(outside.some((file) => file.includes(`bindings-cpp/prebuilds/linux-${process.arch}`))).toBe(true)
    expect(outside.filter((file) => /prebuilds\/(?!linux)/.test(file))).toEqual([])
    expect(
      files.filter((file) => file.endsWith('.node') && !existsSync(join(unpacked, 'resources/app.asar.unpacked', file)))
    ).toEqual([])
  })

  test('has the icons of the tray beside the archive, where the system can read them', () => {
    expect(readdirSync(join(unpacked, 'resources/icons')).toSorted()).toEqual(['16x16.png', '32x32.png', 'icon.ico'])
  })

  test('has its fuses set in the binary', () => {
    // In the order in which Electron defines them.
    const names = [
      'runAsNode',
      'enableCookieEncryption',
      'enableNodeOptionsEnvironmentVariable',
      'enableNodeCliInspectArguments',
      'enableEmbeddedAsarIntegrityValidation',
      'onlyLoadAppFromAsar',
      'loadBrowserProcessSpecificV8Snapshot',
      'grantFileProtocolExtraPrivileges'
    ]
    const binary = readFileSync(join(unpacked, 'telit-ssl-simulator'))
    const wire = binary.indexOf(sentinel) + sentinel.length
    expect(binary[wire + 1]).toBe(names.length)
    const set = names.map((name, index) => [name, String.fromCharCode(binary[wire + 2 + index]!) === '1'])
    expect(Object.fromEntries(set)).toEqual(Object.fromEntries(names.map((name) => [name, fuses[name]])))
    expect(fuses).toMatchObject({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false
    })
    expect(statSync(join(unpacked, 'telit-ssl-simulator')).mode & 0o111).toBe(0o111)
  })

  test('gets a desktop entry that passes files on and names its type', async () => {
    const lib = createRequire(tools.resolve('app-builder-lib'))
    const { LinuxTargetHelper } = lib(join(tools.resolve('app-builder-lib'), '../targets/LinuxTargetHelper.js')) as {
      LinuxTargetHelper: new (packager: unknown) => {
        computeDesktopEntry(options: unknown, exec?: string): Promise<string>
      }
    }
    const { linux, fileAssociations } = config as unknown as {
      linux: { executableName: string; synopsis: string; description: string }
      fileAssociations: unknown[]
    }
    const packager = {
      executableName: linux.executableName,
      fileAssociations,
      appInfo: {
        productName: 'Telit SSL Simulator',
        description: linux.description,
        sanitizedProductName: 'Telit SSL Simulator'
      },
      config,
      platformSpecificBuildOptions: linux,
      info: { framework: {}, metadata: {} }
    }
    const entry = await new LinuxTargetHelper(packager).computeDesktopEntry(linux)
    expect(entry).toMatch(/^\[Desktop Entry\]\n/)
    for (const line of [
      'Name=Telit SSL Simulator',
      'Terminal=false',
      'Type=Application',
      'Icon=telit-ssl-simulator',
      'MimeType=application/x-telit-sim-transcript;application/x-pcapng;',
      'Categories=Development;'
    ]) {
      expect(entry.split('\n')).toContain(line)
    }
    expect(entry).toMatch(/^Exec="?\/opt\/Telit SSL Simulator\/telit-ssl-simulator"? %[UF]$/m)
    expect(entry).not.toContain('--no-sandbox')
  })
})

/** Marks the fuses in Electron's binary. The version, the count, and a character for each fuse follow. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

/**
 * Makes a folder that the packager takes for Electron's: the same names, empty files, and the fuses as Electron ships
 * them.
 */
function makeElectron(folder: string): void {
  for (const part of ['resources', 'locales']) mkdirSync(join(folder, part), { recursive: true })
  for (const name of [
    'LICENSE',
    'LICENSES.chromium.html',
    'chrome-sandbox',
    'chrome_crashpad_handler',
    'resources.pak',
    'icudtl.dat',
    'locales/en-US.pak'
  ])
    writeFileSync(join(folder, name), '')
  writeFileSync(join(folder, 'version'), '45.4.1')
  writeFileSync(
    join(folder, 'electron'),
    Buffer.concat([Buffer.from(`stand-in ${sentinel}`), Buffer.from([1, 8]), Buffer.from('10110001')])
  )
  chmodSync(join(folder, 'electron'), 0o755)
  // An archive without files: the lengths of what follows, of its header and of the text, and the text.
  const text = Buffer.from('{"files":{}}')
  const head = Buffer.alloc(16)
  for (const [at, value] of [4, text.length + 8, text.length + 4, text.length].entries())
    head.writeUInt32LE(value, at * 4)
  writeFileSync(join(folder, 'resources/default_app.asar'), Buffer.concat([head, text]))
}
