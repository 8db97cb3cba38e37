import { useEffect } from 'react'
import { MENU_ACT_EVENT } from '../../shared/api/menu-acts.ts'
import { pressedKey } from '../state/store/actions.ts'
import type { Store } from '../state/store/store.ts'

/**
 * Handles the window's own keys, from the registry of actions. While a text field or the terminal has the focus, only F
 * keys and Ctrl-K work, because no field needs them: VT (Ctrl-K) means nothing on an AT line. All other control
 * characters, such as Ctrl-Z and ESC, go to the module.
 */
export function useKeys(store: Store): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || store.get().sheet !== null) return
      const key = pressedKey(event)
      if (isTyping(event.target) && !freeWhileTyping(key)) return
      if (document.querySelector('dialog[open]')) return
      const action = store.actions.forKey(key)
      if (!action?.run) return
      event.preventDefault()
      const why = action.why?.() ?? null
      if (why === null) action.run()
      else store.say(why)
    }
    // An item chosen in the application menu. The preload sends it.
    const chosen = (event: Event): void => {
      const action = store.actions.all().find(({ id, run }) => run && id === (event as CustomEvent<unknown>).detail)
      if (!action?.run || store.get().sheet !== null) return
      const why = action.why?.() ?? null
      if (why === null) action.run()
      else store.say(why)
    }
    window.addEventListener(MENU_ACT_EVENT, chosen)
    // In the capture phase, so that a focused terminal does not take F6 or Ctrl-K first.
    window.addEventListener('keydown', press, true)
    return () => {
      window.removeEventListener('keydown', press, true)
      window.removeEventListener(MENU_ACT_EVENT, chosen)
    }
  }, [store])
}

function freeWhileTyping(key: string): boolean {
  return key === 'Mod+K' || /^(Shift\+)?F\d+$/.test(key)
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.matches('input:not([type="checkbox"], [type="range"], [type="radio"]), textarea, select, [contenteditable]')
  )
}
