import { runnerImport } from 'vite'

/** Measures the TLS engine, from the sources, in ratios. */
export async function tlsEngine(progress) {
  const { module } = await runnerImport(new URL('tls.bench.ts', import.meta.url).pathname)
  const results = []
  await module.tlsBenches((result) => {
    results.push(result)
    progress(result.name)
  })
  return results
}
