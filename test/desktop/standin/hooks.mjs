/** Leads `import 'electron'` to the stand-in, wherever it is written. */
export async function resolve(specifier, context, next) {
  if (specifier !== 'electron') return await next(specifier, context)
  return { url: new URL('./electron.mjs', import.meta.url).href, format: 'module', shortCircuit: true }
}
