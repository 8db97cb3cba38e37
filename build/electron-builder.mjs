// How the desktop packages are made, as data for electron-builder: `npm run dist`. Tests check the result with a
// stand-in for Electron's files.

/** File types that the program opens, as in `src/main/desktop/file-types.ts`. */
const fileAssociations = [
  {
    ext: 'transcript',
    name: 'Telit SSL Simulator transcript',
    mimeType: 'application/x-telit-sim-transcript',
    role: 'Viewer'
  },
  // On macOS the program is offered in addition to the one that opens captures by default.
  { ext: 'pcapng', name: 'Packet capture', mimeType: 'application/x-pcapng', role: 'Viewer', rank: 'Alternate' }
]

/**
 * Switches in the binary of the program (Electron's fuses), against attackers who can start it but not change it.
 * `docs/security.md` has the reason for each.
 */
export const fuses = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
  // A new fuse of a later Electron makes the packaging fail until somebody decides on it.
  resetAdHocDarwinSignature: true
}

export default {
  appId: 'io.github.telit-ssl-simulator',
  productName: 'Telit SSL Simulator',
  copyright: 'Copyright (c) 2026 the Telit SSL Simulator authors',
  directories: { output: 'dist', buildResources: 'build' },
  // The built program without source maps, and only those packages that are loaded at run time: the others are in the
  // bundle.
  files: [
    'out/main/**/*.js',
    'out/preload/index.cjs',
    'out/renderer/**/*',
    'package.json',
    'LICENSE',
    'THIRD-PARTY-NOTICES.md',
    '!out/**/*.map',
    '!out/main/cli.js',
    '!node_modules/valibot/**/*',
    // Sources of native packages; the compiled files stay.
    '!node_modules/node-pty/{deps,src,scripts,third_party,typings}/**/*',
    '!node_modules/node-pty/build/Release/{obj.target,.deps}/**/*',
    '!node_modules/@serialport/bindings-cpp/src/**/*',
    // Both contain binaries for other systems too.
    '!node_modules/node-pty/prebuilds/!(${platform}-*)/**/*',
    '!node_modules/@serialport/bindings-cpp/prebuilds/!(${platform}-*)/**/*',
    '!**/node-addon-api/**/*',
    '!node_modules/node-forge/{dist,flash}/**/*',
    '!node_modules/**/*.{c,cc,cpp,h,gyp,gypi,mk,Makefile}',
    '!node_modules/**/*.{map,ts,mts,cts,md}'
  ],
  asar: true,
  // A library can only be loaded from a real file.
  asarUnpack: ['node_modules/node-pty/**/*', 'node_modules/@serialport/bindings-cpp/**/*'],
  // Both native packages use only Node-API: what npm built runs in Electron.
  npmRebuild: false,
  // Nothing is published.
  publish: null,
  // The tray icon is read by the system, so it is outside of the archive.
  extraResources: [{ from: 'build/icons', to: 'icons', filter: ['16x16.png', '32x32.png', 'icon.ico'] }],
  electronFuses: fuses,
  fileAssociations,
  linux: {
    target: ['AppImage', 'deb'],
    icon: 'icons',
    executableName: 'telit-ssl-simulator',
    category: 'Development',
    synopsis: 'Virtual Telit cellular module with a real serial port',
    description:
      'A virtual hardware board: Telit cellular modules and their SSL/TLS AT commands behind a real serial port.',
    maintainer: 'the Telit SSL Simulator authors <noreply@telit-ssl-simulator.invalid>',
    desktop: {
      entry: {
        Name: 'Telit SSL Simulator',
        Comment: 'Virtual Telit cellular module with a real serial port',
        Keywords: 'modem;AT;serial;TLS;Telit;',
        StartupWMClass: 'telit-ssl-simulator'
      }
    }
  },
  // The install script of electron-builder sets up the sandbox helper, and an AppArmor profile where the system
  // restricts user namespaces.
  deb: { packageCategory: 'electronics', priority: 'optional' },
  mac: {
    target: ['dmg'],
    icon: 'icons/icon.icns',
    category: 'public.app-category.developer-tools',
    hardenedRuntime: true
  },
  win: { target: ['nsis'], icon: 'icons/icon.ico' },
  nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true, license: 'LICENSE' }
}
