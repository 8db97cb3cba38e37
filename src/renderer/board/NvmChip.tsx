import type { ReactNode } from 'react'
import type { SlotSnapshot } from '../../shared/calls/snapshot.ts'
import type { MenuItem } from '../parts/Menu.tsx'
import { Chip } from './Chip.tsx'
import { Part } from './Part.tsx'
import { useBoard } from './board-context.ts'
import { boardWords } from './words.ts'

/** The memory chip with one bar for each of the three security data slots, showing how full the slot is. */
export function NvmChip({ onOpen }: { readonly onOpen: (() => void) | null }): ReactNode {
  const { snapshot } = useBoard()
  const { slots, nvm } = snapshot
  const capacity = slots[0]?.capacityBytes ?? 0
  const faulty = slots.find(hasFault)
  const said = slots.map((slot) => words.slot(words.slots[slot.slot].long, slot.storedBytes)).join(', ')
  const kept = nvm.folder === null ? words.notKept : words.kept(nvm.folder)
  const acts: readonly MenuItem[] = onOpen ? [{ label: words.show, hint: words.showHint, onChoose: onOpen }] : []
  return (
    <Part
      id="nvm"
      name={words.name(said)}
      words={{
        title: words.title,
        value: words.value(slots.filter((slot) => slot.storedBytes > 0).length, slots.length),
        text: faulty
          ? words.fault(words.slots[faulty.slot].long, faulty.fault)
          : words.about(capacity, nvm.fault ?? kept)
      }}
      box={[348, 156, 112, 63]}
      acts={acts}
    >
      <Chip y={172} height={42} />
      {slots.map((slot, at) => (
        <Row key={slot.slot} slot={slot} y={180 + at * 11.5} />
      ))}
      <text className="silk" x="352" y="165.5">
        {boardWords.silk.nvm}
      </text>
      <text className="silk s" x="456" y="165.5" textAnchor="end">
        {words.size(slots.length, capacity)}
      </text>
    </Part>
  )
}

function Row({ slot, y }: { readonly slot: SlotSnapshot; readonly y: number }): ReactNode {
  const filled = slot.storedBytes === 0 ? 0 : Math.max(1.5, (slot.storedBytes / slot.capacityBytes) * BAR)
  return (
    <>
      <text className="chip s" x="359" y={y + 6}>
        {words.bar(slot.dataType, words.slots[slot.slot].short)}
      </text>
      <rect x="398" y={y} width={BAR} height="5.5" rx="1" className="slot-track" />
      <rect
        x="398"
        y={y}
        width={filled}
        height="5.5"
        rx="1"
        className={slot.fault === null ? 'slot-fill' : 'slot-fill bad'}
      />
      {slot.fault !== null && (
        <text className="chip bad" x="452.5" y={y + 6.2} textAnchor="middle">
          !
        </text>
      )}
    </>
  )
}

function hasFault(slot: SlotSnapshot): slot is SlotSnapshot & { readonly fault: string } {
  return slot.fault !== null
}

const words = boardWords.nvm
const BAR = 50
