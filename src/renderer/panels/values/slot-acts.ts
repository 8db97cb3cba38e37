import type { SlotOffer, SlotWrite } from '../../../shared/calls/nvm.ts'
import type { SlotSnapshot } from '../../../shared/calls/snapshot.ts'
import type { Store } from '../../state/store/store.ts'
import { saveFile } from '../../state/timeline/export-file.ts'
import { nvmWords } from './nvm-words.ts'

export type DataType = SlotSnapshot['dataType']

/** A file that a person chose for a slot, and what it would be there. */
export interface OfferedFile {
  readonly name: string
  readonly dataType: DataType
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly offer: SlotOffer
}

/** The largest file that one call takes; certificates are much smaller. */
const MAX_FILE_BYTES = 65_536

/**
 * Reads a dropped or chosen file and asks the simulator what it would be. Returns `null` if it cannot be read; the
 * window then shows why.
 */
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

/** Returns whether a person has to decide something before the file is stored. */
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

/** Stores the file. `Undo` restores the former content. Resolves to `false` if it was refused; the window then shows why. */
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

/** Makes a file the CA certificate with which the module is delivered; `null`: it has none. `Undo` restores the former state. */
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

/** Saves the stored data as a file of the browser. The simulator refuses this for a private key. */
export async function saveSlot(store: Store, dataType: DataType): Promise<void> {
  try {
    const { fileName, bytes } = await store.api.readSlot({ dataType })
    saveFile(fileName, [new Uint8Array(bytes)])
  } catch (error) {
    store.say((error as Error).message)
  }
}

/** Runs a change that can be undone by its id. The simulator keeps the former content: a key's bytes never come to the window. */
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
