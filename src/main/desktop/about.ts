/** Returns the content of the About panel. `versions` is `process.versions`. */
export function aboutPanel(applicationVersion: string, versions: Readonly<Record<string, string | undefined>>) {
  const parts = [
    ['Electron', versions['electron']],
    ['Chromium', versions['chrome']],
    ['Node.js', versions['node']],
    ['V8', versions['v8']]
  ] as const
  return {
    applicationName: 'Telit SSL Simulator',
    applicationVersion,
    copyright: "MIT licence. Not affiliated with Telit; the name is its owner's trademark.",
    credits: parts.flatMap(([name, version]) => (version === undefined ? [] : [`${name} ${version}`])).join('\n')
  }
}
