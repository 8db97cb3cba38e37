import {
  captureExtensions,
  isCaptureName,
  isKeyLogName,
  OPENED_FILE_EVENT,
  type OpenedFile
} from '../../shared/api/opened-files.ts'
import {
  MAX_CAPTURE_BYTES,
  MAX_KEY_LOG_BYTES,
  MAX_PART_BYTES,
  tooLarge,
  type CapturePart
} from '../../shared/calls/capture.ts'
import { captureFileWords } from './capture-words.ts'
import type { Store } from './store/store.ts'

/**
 * What loading a capture needs of the store. A capture is sent to the simulator in parts, read there, and shown on its
 * sheet. The live window does not change.
 */
export type TakesCaptures = Pick<Store, 'api' | 'get' | 'showCapture' | 'say'>

/**
 * Returns the files to take of those that were dropped together: a capture, and a key log that belongs to it or to the
 * open capture; `null` when there is none. `others`: whether there are more files, which are not for the window.
 */
export function captureAmong<File extends { readonly name: string }>(
  files: readonly File[],
  isOpen: boolean
): { readonly capture: File | null; readonly keyLog: File | null; readonly others: boolean } | null {
  const capture = files.find(({ name }) => isCaptureName(name)) ?? null
  // Without a capture, a text file need not be a key log.
  const keyLog = capture !== null || isOpen ? (files.find(({ name }) => isKeyLogName(name)) ?? null) : null
  if (capture === null && keyLog === null) return null
  return { capture, keyLog, others: files.length > Number(capture !== null) + Number(keyLog !== null) }
}

/** Takes files of the page. Never rejects: a refusal is shown on the sheet. */
export async function takeCapture(
  store: TakesCaptures,
  { capture, keyLog }: { readonly capture: File | null; readonly keyLog: File | null }
): Promise<void> {
  if (capture) await openCapture(store, { name: capture.name, bytes: () => bytesOf(capture, MAX_CAPTURE_BYTES) })
  if (keyLog) await addKeyLog(store, keyLog)
}

/**
 * Opens captures that the desktop program has read for this window. Call it before the page is loaded: the program
 * begins to send them then.
 */
export function listenForOpenedFiles(store: TakesCaptures, page: Pick<Window, 'addEventListener'>): void {
  page.addEventListener(OPENED_FILE_EVENT, (event) => {
    const { name, bytes } = (event as CustomEvent<OpenedFile>).detail
    void openCapture(store, { name, bytes: () => Promise.resolve(bytes) })
  })
}

/** Asks for a file, and possibly a key log. Call it in a person's click only: otherwise a browser refuses. */
export function chooseCapture(store: TakesCaptures): void {
  choose(
    captureExtensions.map((extension) => `.${extension}`).join(),
    (file) => void takeCapture(store, { capture: file, keyLog: null })
  )
}

export function chooseKeyLog(store: TakesCaptures): void {
  choose('', (file) => void addKeyLog(store, file))
}

/** Closes the sheet, and ends the capture in the simulator. */
export function closeCapture(store: TakesCaptures): void {
  const { capture } = store.get()
  store.showCapture(null)
  // The simulator may have restarted, so errors are ignored.
  if (capture?.kind === 'open') void store.api.endCapture({ captureId: capture.captureId }).catch(() => undefined)
}

async function openCapture(
  store: TakesCaptures,
  file: { readonly name: string; bytes(): Promise<Uint8Array> }
): Promise<void> {
  const { api } = store
  const fileName = file.name.slice(0, 255) || 'capture'
  closeCapture(store)
  const loading = { kind: 'loading', fileName } as const
  store.showCapture(loading)
  let captureId: number | null = null
  try {
    const bytes = await file.bytes()
    captureId = (await api.beginCapture({ fileName, bytes: bytes.length })).captureId
    await send(api, captureId, 'capture', bytes, () => store.get().capture === loading)
    const reading = await api.readCapture({ captureId })
    if (store.get().capture === loading)
      return store.showCapture({ kind: 'open', fileName, captureId, reading, refusal: null })
  } catch (error) {
    if (store.get().capture === loading) store.showCapture({ kind: 'refused', fileName, sentence: sentenceOf(error) })
  }
  // It was closed or refused, or another one was opened meanwhile.
  if (captureId !== null) void api.endCapture({ captureId }).catch(() => undefined)
}

async function addKeyLog(store: TakesCaptures, file: File): Promise<void> {
  const { api } = store
  const open = store.get().capture
  if (open?.kind !== 'open') return
  const { captureId } = open
  try {
    const bytes = await bytesOf(file, MAX_KEY_LOG_BYTES)
    await api.forgetKeyLog({ captureId })
    await send(api, captureId, 'key-log', bytes, () => store.get().capture === open)
    const reading = await api.readCapture({ captureId })
    const refusal = reading.secrets.beside === 0 ? captureFileWords.noSecrets(file.name) : null
    if (store.get().capture === open) store.showCapture({ ...open, reading, refusal })
  } catch (error) {
    if (store.get().capture === open) store.showCapture({ ...open, refusal: sentenceOf(error) })
  }
}

/** Sends the bytes in parts that fit into a message. Stops when `wanted` returns false. */
async function send(
  api: Store['api'],
  captureId: number,
  of: CapturePart['of'],
  bytes: Uint8Array,
  wanted: () => boolean
): Promise<void> {
  for (let at = 0; at < bytes.length && wanted(); at += MAX_PART_BYTES)
    await api.addToCapture({ captureId, of, bytes: bytes.slice(at, at + MAX_PART_BYTES) })
}

async function bytesOf(file: File, maxBytes: number): Promise<Uint8Array> {
  if (file.size > maxBytes) throw new Error(tooLarge(file.name, file.size, maxBytes))
  return new Uint8Array(await file.arrayBuffer())
}

function choose(accept: string, taken: (file: File) => void): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = accept
  input.addEventListener('change', () => {
    const file = input.files?.[0]
    if (file) taken(file)
  })
  input.click()
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
