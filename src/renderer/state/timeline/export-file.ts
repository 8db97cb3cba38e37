import type { SimulatorApi } from '../../../shared/api/api.ts'
import type { ExportRequest } from '../../../shared/calls/exports.ts'

/** The calls that an export needs. */
type Exporting = Pick<SimulatorApi, 'beginExport' | 'readExport' | 'endExport'>

/** Fetches an export page by page. Rejects with the simulator's sentence. The export is ended in any case. */
export async function fetchExport(
  api: Exporting,
  request: ExportRequest,
  onProgress: (share: number) => void = () => undefined
): Promise<{ readonly fileName: string; readonly parts: readonly Uint8Array<ArrayBuffer>[] }> {
  const { exportId, fileName } = await api.beginExport(request)
  try {
    const parts: Uint8Array<ArrayBuffer>[] = []
    for (let done = false; !done;) {
      const page = await api.readExport({ exportId })
      if (page.bytes.length > 0) parts.push(new Uint8Array(page.bytes))
      onProgress(page.progress)
      done = page.done
    }
    return { fileName, parts }
  } finally {
    await api.endExport({ exportId })
  }
}

/** Lets the browser save bytes under a name in its download folder. */
export function saveFile(fileName: string, parts: readonly Uint8Array<ArrayBuffer>[]): void {
  const address = URL.createObjectURL(new Blob([...parts]))
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  // The browser has read the bytes when the click has been handled.
  setTimeout(() => {
    URL.revokeObjectURL(address)
  }, 0)
}
