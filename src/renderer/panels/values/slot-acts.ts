import type { SlotSnapshot } from '../../../shared/calls/snapshot.ts'
import type { SlotOffer, SlotWrite } from '../../../shared/calls/nvm.ts'
import { saveFile } from '../../state/timeline/export-file.ts'
import type { Store } from '../../state/store/store.ts'
import { nvmWords } from './nvm-words.ts'

export type DataType = SlotSnapshot['dataType']

/** A file of a person, and what it would be in the slot. */
export interface OfferedFile {
  readonly name: string
  readonly dataType: DataType
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly offer: SlotOffer
}

/** As much as a call takes; no certificate comes near. */
const MAX_FILE_BYTES = 65_536

/** Reads a dropped or chosen file and asks what it would be; null when it could not be read, which the window then says. */
export async function offerFile(store: Store, dataType: DataType, file: File): Promise<OfferedFile | null> {
  if (file.size > MAX_FILE_BYTES) {
    store.say(nvmWords.done.tooLarge(file.name, file.size))
    return null
  }
  try {
    const bytes = new Uint8Array(await file.arrayBuffer())
    return { name: file.name, dataType, bytes, offer: await store.api.offerFile({ dataType, bytes }) }
  } catch (error) {
    store.say((error as Error).message)
    return null
  }
}

/** Whether a person has to decide something before it is stored. */
export function asksFirst({ dataType, offer }: OfferedFile): boolean {
  const doubts = offer.warnings.length > 0 && dataType !== 0
  return (
    offer.refusal !== null ||
    offer.mended !== null ||
    offer.asIs?.fault !== null ||
    offer.certificates.length > 1 ||
    doubts
  )
}

/** Stores it; `Undo` brings back what was there. False when it was refused, which the window then says. */
export function storeInSlot(
  store: Store,
  write: SlotWrite,
  label = nvmWords.done.stored(nvmWords.slots[write.dataType].title)
): Promise<boolean> {
  return changed(store, label, () => store.api.writeSlot(write))
}

export function deleteSlot(store: Store, dataType: DataType): Promise<boolean> {
  return changed(store, nvmWords.done.deleted(nvmWords.slots[dataType].title), () => store.api.deleteSlot({ dataType }))
}

/** Makes a file the CA certificate that the module comes with; null: it comes with none. `Undo` brings back what was there. */
export async function preloadCa(store: Store, slot: SlotSnapshot, file: File | null): Promise<boolean> {
  if (file && file.size > MAX_FILE_BYTES) {
    store.say(nvmWords.done.tooLarge(file.name, file.size))
    return false
  }
  const { dataType, storedBytes, preload } = slot
  const bytes = file && new Uint8Array(await file.arrayBuffer())
  let before: Uint8Array<ArrayBuffer> | null = null
  return store.act(
    bytes ? nvmWords.preload.setDone : nvmWords.preload.removed,
    async () => {
      if (storedBytes > 0) before = new Uint8Array((await store.api.readSlot({ dataType })).bytes)
      await store.api.setPreloadedCa({ bytes })
    },
    async () => {
      await store.api.setPreloadedCa({ bytes: preload?.held ? before : null })
      if (before && !preload?.held) await store.api.writeSlot({ dataType, bytes: before, form: 'as-is' })
    }
  )
}

/** Lets the browser save what is stored; a private key is never handed out. */
export async function saveSlot(store: Store, dataType: DataType): Promise<void> {
  try {
    const { fileName, bytes } = await store.api.readSlot({ dataType })
    saveFile(fileName, [new Uint8Array(bytes)])
  } catch (error) {
    store.say((error as Error).message)
  }
}

/** The simulator keeps what was there under a number: no bytes of a key come back to the window. */
function changed(store: Store, label: string, run: () => Promise<{ readonly changeId: number }>): Promise<boolean> {
  let changeId = 0
  return store.act(
    label,
    async () => {
      changeId = (await run()).changeId
    },
    () => store.api.undoSlotChange({ changeId })
  )
}
