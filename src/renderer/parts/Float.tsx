import { useLayoutEffect, useRef, useState, type ReactNode, type RefObject } from 'react'
import { createPortal } from 'react-dom'

interface FloatProps {
  readonly anchor: RefObject<Element | null>
  readonly className: string
  readonly children: ReactNode
  readonly onPointerEnter?: () => void
  readonly onPointerLeave?: () => void
}

/** A box beside a part, in front of all panels: below the part if there is room, else above it. */
export function Float({ anchor, className, children, ...pointer }: FloatProps): ReactNode {
  const own = useRef<HTMLDivElement>(null)
  // `null` until it is placed. It is transparent until then, not hidden, because a menu takes the focus at once.
  const [place, setPlace] = useState<{ left: number; top: number } | null>(null)
  useLayoutEffect(() => {
    const lay = (): void => {
      const [part, box] = [anchor.current?.getBoundingClientRect(), own.current?.getBoundingClientRect()]
      if (!part || !box) return
      const below = part.bottom + GAP_PX
      const above = part.top - GAP_PX - box.height
      const top = below + box.height <= innerHeight - EDGE_PX || above < EDGE_PX ? below : above
      setPlace({
        left: Math.max(EDGE_PX, Math.min(part.left, innerWidth - EDGE_PX - box.width)),
        top: Math.max(EDGE_PX, Math.min(top, innerHeight - EDGE_PX - box.height))
      })
    }
    lay()
    window.addEventListener('resize', lay)
    return () => {
      window.removeEventListener('resize', lay)
    }
  }, [anchor])
  return createPortal(
    <div ref={own} className={`board-float ${className}`} style={place ?? { left: 0, top: 0, opacity: 0 }} {...pointer}>
      {children}
    </div>,
    document.body
  )
}

const GAP_PX = 6
const EDGE_PX = 4
