import { dataStateOf } from '../../state/sentence/sentence.ts'
import type { Store } from '../../state/store/store.ts'
import { terminalWords } from './words.ts'

/** No prompt takes more than a few thousand bytes; a larger file was chosen by mistake. */
const MAX_FILE_BYTES = 65_536

const CTRL_Z = '\x1a'

/** Sends a file to the > prompt, then Ctrl-Z unless the byte count (DER) has already ended the entry. Throws one sentence. */
export async function sendFile(
  store: Store,
  instance: number,
  file: File,
  send: (data: string | Uint8Array) => Promise<boolean>
): Promise<void> {
  const { snapshot } = store.get()
  if (!snapshot || dataStateOf(snapshot, instance) !== 'entry') throw new Error(terminalWords.file.noPrompt(instance))
  if (file.size > MAX_FILE_BYTES) throw new Error(terminalWords.file.tooLarge(file.name, file.size, MAX_FILE_BYTES))
  if (!(await send(new Uint8Array(await file.arrayBuffer())))) return
  const after = await store.api.snapshot()
  if (dataStateOf(after, instance) === 'entry') await send(CTRL_Z)
}
