import { useMedia } from '../../state/prefs.ts'
import type { Variant } from './default-layout.ts'

/** Below this width the toolbar shows icons only, and Why is beside Handshake. Same number as in the style sheets. */
const NARROW_PX = 1120

/** The size of a window of 1280 x 800 at a zoom of 200 %. */
const SMALL = '(max-width: 760px), (max-height: 480px)'

export function useVariant(): Variant {
  const isNarrow = useMedia(`(max-width: ${NARROW_PX}px)`)
  const isSmall = useMedia(SMALL)
  return isSmall ? 'small' : isNarrow ? 'narrow' : 'wide'
}
