import type { ReactNode } from 'react'
import type { SlotSnapshot } from '../../shared/calls/snapshot.ts'
import { useBoard } from './board-context.ts'
import { Chip } from './Chip.tsx'
import type { MenuItem } from '../parts/Menu.tsx'
import { Part } from './Part.tsx'

/** The memory chip: three slots for security data, each a bar of what it may hold. */
export function NvmChip({ onOpen }: { readonly onOpen: (() => void) | null }): ReactNode {
  const { snapshot } = useBoard()
  const { slots, nvm } = snapshot
  const capacity = slots[0]?.capacityBytes ?? 0
  const faulty = slots.find((slot) => slot.fault !== null)
  const said = slots
    .map((slot) => `${names[slot.slot].long} ${slot.storedBytes === 0 ? 'empty' : `${slot.storedBytes} bytes`}`)
    .join(', ')
  const fate = nvm.folder === null ? 'Nothing is kept after this run.' : `Kept in ${nvm.folder}.`
  const acts: readonly MenuItem[] = onOpen
    ? [{ label: 'Show the slots', hint: 'what each holds', onChoose: onOpen }]
    : []
  return (
    <Part
      id="nvm"
      name={`NVM, security data: ${said}`}
      words={{
        title: 'NVM',
        value: `${slots.filter((slot) => slot.storedBytes > 0).length} of ${slots.length} slots in use`,
        text: faulty
          ? `${names[faulty.slot].long}: ${faulty.fault}`
          : `Client certificate, CA certificate and private key, ${capacity} bytes each; they outlive a power cut. ${nvm.fault ?? fate}`
      }}
      box={[348, 156, 112, 63]}
      acts={acts}
    >
      <Chip y={172} height={42} />
      {slots.map((slot, at) => (
        <Row key={slot.slot} slot={slot} y={180 + at * 11.5} />
      ))}
      <text className="silk" x="352" y="165.5">
        NVM
      </text>
      <text className="silk s" x="456" y="165.5" textAnchor="end">
        {slots.length} × {capacity} B
      </text>
    </Part>
  )
}

function Row({ slot, y }: { readonly slot: SlotSnapshot; readonly y: number }): ReactNode {
  const filled = slot.storedBytes === 0 ? 0 : Math.max(1.5, (slot.storedBytes / slot.capacityBytes) * BAR)
  return (
    <>
      <text className="chip s" x="359" y={y + 6}>
        {slot.dataType} {names[slot.slot].short}
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

const BAR = 50
const names: Readonly<Record<SlotSnapshot['slot'], { readonly short: string; readonly long: string }>> = {
  'client-certificate': { short: 'cert', long: 'client certificate' },
  'ca-certificate': { short: 'CA', long: 'CA certificate' },
  'private-key': { short: 'key', long: 'private key' }
}
