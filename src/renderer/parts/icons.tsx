import {
  ArrowDown,
  ArrowDownToLine,
  ArrowLeftRight,
  Bookmark,
  BookOpen,
  Check,
  CircleDot,
  CircleQuestionMark,
  CircuitBoard,
  Command,
  Contrast,
  Copy,
  Download,
  Ellipsis,
  FilePlus,
  FlaskConical,
  Gauge,
  Key,
  Keyboard,
  ListFilter,
  LockKeyhole,
  Maximize2,
  MemoryStick,
  MessageCircleQuestionMark,
  Minimize2,
  Moon,
  Pause,
  Play,
  Power,
  RadioTower,
  RotateCw,
  ScrollText,
  Server,
  Search,
  SquareTerminal,
  Sun,
  Timer,
  Trash2,
  Undo2,
  Workflow,
  X,
  Zap,
  type LucideIcon
} from 'lucide-react'
import type { ReactNode } from 'react'

/**
 * Name of an icon. The icons are from the Lucide set, at 16 px. One without text beside it needs a name on its button.
 */
export type IconName = keyof typeof icons

const icons = {
  power: Power,
  reset: RotateCw,
  copy: Copy,
  check: Check,
  theme: Contrast,
  sun: Sun,
  moon: Moon,
  help: CircleQuestionMark,
  close: X,
  hold: Pause,
  follow: ArrowDownToLine,
  filter: ListFilter,
  down: ArrowDown,
  lock: LockKeyhole,
  key: Key,
  keyboard: Keyboard,
  command: Command,
  search: Search,
  record: CircleDot,
  lab: FlaskConical,
  faults: Zap,
  lessons: BookOpen,
  speed: Gauge,
  board: CircuitBoard,
  statechart: Workflow,
  network: RadioTower,
  memory: MemoryStick,
  timer: Timer,
  timeline: ScrollText,
  terminal: SquareTerminal,
  handshake: ArrowLeftRight,
  why: MessageCircleQuestionMark,
  start: Play,
  enlarge: Maximize2,
  shrink: Minimize2,
  undo: Undo2,
  bookmark: Bookmark,
  more: Ellipsis,
  'choose-file': FilePlus,
  save: Download,
  delete: Trash2,
  server: Server
} as const satisfies Readonly<Record<string, LucideIcon>>

/** A stroke of 1.4 px at 16 px, in units of the set, which is drawn on 24 units. */
const STROKE_UNITS = (1.4 * 24) / 16

export function Icon({ name }: { readonly name: IconName }): ReactNode {
  const Drawn = icons[name]
  return <Drawn className="i" size={16} strokeWidth={STROKE_UNITS} aria-hidden="true" />
}

export function Caret(): ReactNode {
  return (
    <svg className="caret" viewBox="0 0 8 8" aria-hidden="true">
      <path d="M1 2.5 4 5.5 7 2.5" />
    </svg>
  )
}
