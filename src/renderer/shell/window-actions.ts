import { useEffect } from 'react'
import { writeClipboard } from '../parts/CopyButton.tsx'
import { chooseCapture } from '../state/capture-files.ts'
import { chosenLook, chooseLook, themeChoices } from '../state/prefs.ts'
import { dialScript } from '../state/sentence/dial.ts'
import { clockTime } from '../state/sentence/formats.ts'
import { stageOrder } from '../state/sentence/sentence.ts'
import type { Action } from '../state/store/actions.ts'
import type { Store } from '../state/store/store.ts'
import { actionGroupWords } from '../state/store/words.ts'
import { panelKeyWords, windowActionWords as words } from './action-words.ts'
import type { PanelEntry } from './dock/panel-entry.ts'
import { faultActions } from './fault-actions.ts'
import { focusNextPanel } from './focus-panel.ts'
import { loadTheRest } from './later.tsx'
import { moduleActions } from './module-actions.ts'
import { panelActions } from './panel-actions.ts'
import { shellWords } from './words.ts'

/** Registers the actions of the window's frame, for palette and keys. */
export function useWindowActions(store: Store, panels: readonly PanelEntry[]): void {
  useEffect(() => {
    const ends = [
      store.actions.add(() => shellActions(store)),
      store.actions.add(() => panelActions(store, panels)),
      store.actions.add(() => moduleActions(store)),
      store.actions.add(() => faultActions(store)),
      store.actions.add(() => panelKeys)
    ]
    return () => {
      for (const end of ends) end()
    }
  }, [store, panels])
}

function shellActions(store: Store): readonly Action[] {
  const { snapshot, acts, link, recording } = store.get()
  const port = snapshot?.ports[0]
  const newest = acts.at(-1)
  const copy = (what: string, text: string): void => {
    void writeClipboard(text).then((written) => {
      if (!written) store.say(shellWords.copyRefused(what))
    })
  }
  return [
    {
      id: 'palette',
      group: actionGroupWords.general,
      words: words.palette,
      keys: ['Mod+K'],
      keyOnly: true,
      run: () => {
        store.openSheet('palette')
      }
    },
    {
      id: 'keys',
      group: actionGroupWords.general,
      words: words.keys.words,
      also: words.keys.also,
      keys: ['?'],
      run: () => {
        store.openSheet('keys')
      }
    },
    {
      id: 'undo',
      group: actionGroupWords.general,
      words: words.undo.words(newest?.label ?? null),
      also: words.undo.also,
      keys: ['Mod+Z'],
      why: () => (newest ? null : words.undo.whyNothing),
      run: () => {
        void store.undo()
      }
    },
    ...acts
      .slice(0, -1)
      .toReversed()
      .map((act): Action => ({
        id: `undo-${act.id}`,
        group: actionGroupWords.general,
        words: words.undoEarlier.words(act.label, clockTime(act.atMs).slice(0, 8)),
        also: words.undoEarlier.also,
        run: () => {
          void store.undo(act.id)
        }
      })),
    {
      id: 'copy-port',
      group: actionGroupWords.general,
      words: words.copyPort.words,
      also: port?.name ?? '',
      why: () => (port ? null : words.copyPort.whyNone),
      run: () => {
        if (port) copy(words.copyPort.what, port.name)
      }
    },
    {
      id: 'copy-link',
      group: actionGroupWords.general,
      words: words.copyLink.words,
      also: words.copyLink.also,
      why: () => (store.link === null ? words.copyLink.whyNone : null),
      run: () => {
        if (store.link !== null) copy(words.copyLink.what, store.link)
      }
    },
    {
      id: 'copy-dial',
      group: actionGroupWords.general,
      words: words.copyDial.words,
      also: words.copyDial.also,
      why: () => (snapshot?.lab.tls ? null : words.copyDial.whyLabOff),
      run: () => {
        if (snapshot) copy(words.copyDial.what, dialScript(snapshot.lab))
      }
    },
    {
      id: 'record',
      group: actionGroupWords.general,
      words: recording?.toSeq === null ? words.record.stop : words.record.start,
      also: words.record.also,
      why: () => (link.kind === 'live' || recording ? null : words.whyNotConnected),
      run: () => {
        store.record(recording?.toSeq === null ? 'stop' : 'start')
      }
    },
    {
      id: 'open-capture',
      group: actionGroupWords.general,
      words: words.openCapture.words,
      also: words.openCapture.also,
      why: () => (link.kind === 'live' ? null : words.whyNotConnected),
      run: () => {
        chooseCapture(store)
      }
    },
    {
      id: 'key-log',
      group: actionGroupWords.general,
      words: snapshot?.keyLog.on ? words.keyLog.off : words.keyLog.on,
      also: words.keyLog.also,
      why: () => (link.kind === 'live' && snapshot ? null : words.whyNotConnected),
      run: () => {
        void store.attempt(store.api.setKeyLog({ on: !snapshot?.keyLog.on }))
      }
    },
    {
      id: 'retry',
      group: actionGroupWords.general,
      words: words.retry.words,
      also: words.retry.also,
      why: () => (link.kind === 'live' ? words.retry.whyConnected : null),
      run: () => {
        store.retry()
      }
    },
    {
      id: 'next-panel',
      group: actionGroupWords.goTo,
      words: words.nextPanel,
      keys: ['F6'],
      run: () => {
        focusNextPanel(1)
      }
    },
    {
      id: 'previous-panel',
      group: actionGroupWords.goTo,
      words: words.previousPanel,
      keys: ['Shift+F6'],
      run: () => {
        focusNextPanel(-1)
      }
    },
    {
      id: 'type',
      group: actionGroupWords.goTo,
      words: words.type,
      keys: ['t'],
      run: () => {
        store.desk.show('terminal')
        focusSoon('.term:not(.behind) .xterm-helper-textarea')
      }
    },
    {
      id: 'filter',
      group: actionGroupWords.goTo,
      words: words.filter.words,
      also: words.filter.also,
      keys: ['/'],
      run: () => {
        store.desk.show('timeline')
        focusSoon('[data-key="filter"]')
      }
    },
    ...stageOrder.map(([chart, name], at): Action => ({
      id: `chart-${chart}`,
      group: actionGroupWords.goTo,
      words: words.chart(name === 'FTP' || name.startsWith('SSL') ? name : name.toLowerCase()),
      keys: [String(at + 1)],
      run: () => {
        store.showChart(chart)
        store.desk.show('module')
      }
    })),
    ...themeChoices.map((theme): Action => ({
      id: `theme-${theme}`,
      group: actionGroupWords.appearance,
      words: words.themes[theme],
      also: words.themeAlso,
      run: () => {
        chooseLook({ theme })
      }
    })),
    {
      id: 'contrast',
      group: actionGroupWords.appearance,
      words: chosenLook().contrast === 'more' ? words.contrast.system : words.contrast.more,
      also: words.contrast.also,
      run: () => {
        chooseLook({ contrast: chosenLook().contrast === 'more' ? 'system' : 'more' })
      }
    }
  ]
}

/** Keys that belong to a panel: only listed here; the panel handles them. */
const panelKeys: readonly Action[] = [
  { id: 'note-complete', group: actionGroupWords.inPanel, words: panelKeyWords.complete, keys: ['Tab'] },
  {
    id: 'note-history',
    group: actionGroupWords.inPanel,
    words: panelKeyWords.history,
    keys: ['ArrowUp', 'ArrowDown']
  },
  {
    id: 'note-palette',
    group: actionGroupWords.inPanel,
    words: panelKeyWords.palette,
    keys: ['Mod+K']
  },
  {
    id: 'note-rows',
    group: actionGroupWords.inPanel,
    words: panelKeyWords.rows,
    keys: ['ArrowUp', 'ArrowDown']
  },
  {
    id: 'note-hold',
    group: actionGroupWords.inPanel,
    words: panelKeyWords.hold,
    keys: ['Space']
  },
  {
    id: 'note-range',
    group: actionGroupWords.inPanel,
    words: panelKeyWords.range,
    keys: ['Shift+ArrowUp', 'Shift+ArrowDown', 'Mod+A']
  },
  { id: 'note-copy', group: actionGroupWords.inPanel, words: panelKeyWords.copy, keys: ['Mod+C'] },
  {
    id: 'note-bookmark',
    group: actionGroupWords.inPanel,
    words: panelKeyWords.bookmark,
    keys: ['b', 'n', 'p']
  },
  {
    id: 'note-tree',
    group: actionGroupWords.inPanel,
    words: panelKeyWords.tree,
    keys: ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']
  },
  { id: 'note-tabs', group: actionGroupWords.inPanel, words: panelKeyWords.tabs, keys: ['ArrowLeft', 'ArrowRight'] }
]

function focusSoon(selector: string): void {
  const focus = (): boolean => {
    const element = document.querySelector<HTMLElement>(selector)
    element?.focus()
    return element !== null
  }
  if (focus()) return
  // A panel that was behind another is drawn in the next frame. One whose code is not loaded is drawn after that.
  requestAnimationFrame(() => {
    if (!focus()) void loadTheRest().then(() => requestAnimationFrame(focus))
  })
}
