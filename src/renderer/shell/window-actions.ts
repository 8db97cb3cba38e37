import { useEffect } from 'react'
import type { Action } from '../state/store/actions.ts'
import { chosenLook, chooseLook, themeChoices } from '../state/prefs.ts'
import { stageOrder } from '../state/sentence/sentence.ts'
import type { Store } from '../state/store/store.ts'
import { writeClipboard } from '../parts/CopyButton.tsx'
import { dialScript } from '../state/sentence/dial.ts'
import { chooseCapture } from '../state/capture-files.ts'
import { clockTime } from '../state/sentence/formats.ts'
import { loadTheRest } from './later.tsx'
import { focusNextPanel } from './focus-panel.ts'
import { faultActions } from './fault-actions.ts'
import { moduleActions } from './module-actions.ts'
import { panelActions } from './panel-actions.ts'
import type { PanelEntry } from './dock/panel-entry.ts'

/** Everything the shell itself can do, for palette and keys. */
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
      if (!written) store.say(`The browser does not let ${what} be copied; select it and copy by hand.`)
    })
  }
  return [
    {
      id: 'palette',
      group: 'Do',
      words: 'Find an action',
      keys: ['Mod+K'],
      keyOnly: true,
      run: () => {
        store.openSheet('palette')
      }
    },
    {
      id: 'keys',
      group: 'Do',
      words: 'List the keys and marks',
      also: 'help shortcuts',
      keys: ['?'],
      run: () => {
        store.openSheet('keys')
      }
    },
    {
      id: 'undo',
      group: 'Do',
      words: newest ? `Undo: ${newest.label}` : 'Undo what was changed by hand',
      also: 'take back',
      keys: ['Mod+Z'],
      why: () => (newest ? null : 'Nothing was changed by hand that could be taken back.'),
      run: () => {
        void store.undo()
      }
    },
    ...acts
      .slice(0, -1)
      .toReversed()
      .map((act): Action => ({
        id: `undo-${act.id}`,
        group: 'Do',
        words: `Undo earlier: ${act.label}, ${clockTime(act.atMs).slice(0, 8)}`,
        also: 'take back history',
        run: () => {
          void store.undo(act.id)
        }
      })),
    {
      id: 'copy-port',
      group: 'Do',
      words: 'Copy the port’s path',
      also: port?.name ?? '',
      why: () => (port ? null : 'No port is known yet.'),
      run: () => {
        if (port) copy('the path', port.name)
      }
    },
    {
      id: 'copy-link',
      group: 'Do',
      words: 'Copy the link to this board',
      also: 'address share url second window',
      why: () => (store.link === null ? 'The desktop program has no address; start it with --headless for one.' : null),
      run: () => {
        if (store.link !== null) copy('the link', store.link)
      }
    },
    {
      id: 'copy-dial',
      group: 'Do',
      words: 'Copy the AT commands that dial the lab',
      also: 'ssld echo',
      why: () => (snapshot?.lab.tls ? null : 'The lab is off.'),
      run: () => {
        if (snapshot) copy('them', dialScript(snapshot.lab))
      }
    },
    {
      id: 'record',
      group: 'Do',
      words: recording?.toSeq === null ? 'Stop recording, and save' : 'Record what happens from here',
      also: 'capture save export pcapng',
      why: () => (link.kind === 'live' || recording ? null : 'The simulator is not connected.'),
      run: () => {
        store.record(recording?.toSeq === null ? 'stop' : 'start')
      }
    },
    {
      id: 'open-capture',
      group: 'Do',
      words: 'Open a capture…',
      also: 'pcapng pcap wireshark file look into',
      why: () => (link.kind === 'live' ? null : 'The simulator is not connected.'),
      run: () => {
        chooseCapture(store)
      }
    },
    {
      id: 'key-log',
      group: 'Do',
      words: snapshot?.keyLog.on ? 'Key log off, forget its secrets' : 'Key log on, keep the secrets of TLS sessions',
      also: 'nss sslkeylogfile decrypt',
      why: () => (link.kind === 'live' && snapshot ? null : 'The simulator is not connected.'),
      run: () => {
        void store.attempt(store.api.setKeyLog({ on: !snapshot?.keyLog.on }))
      }
    },
    {
      id: 'retry',
      group: 'Do',
      words: 'Try to reach the simulator again',
      also: 'reconnect',
      why: () => (link.kind === 'live' ? 'It is connected.' : null),
      run: () => {
        store.retry()
      }
    },
    {
      id: 'next-panel',
      group: 'Go to',
      words: 'Next panel',
      keys: ['F6'],
      run: () => {
        focusNextPanel(1)
      }
    },
    {
      id: 'previous-panel',
      group: 'Go to',
      words: 'Panel before',
      keys: ['Shift+F6'],
      run: () => {
        focusNextPanel(-1)
      }
    },
    {
      id: 'type',
      group: 'Go to',
      words: 'Type in the terminal',
      keys: ['t'],
      run: () => {
        store.desk.show('terminal')
        focusSoon('.term:not(.behind) .xterm-helper-textarea')
      }
    },
    {
      id: 'filter',
      group: 'Go to',
      words: 'Filter the timeline',
      also: 'search find',
      keys: ['/'],
      run: () => {
        store.desk.show('timeline')
        focusSoon('[data-key="filter"]')
      }
    },
    ...stageOrder.map(([chart, name], at): Action => ({
      id: `chart-${chart}`,
      group: 'Go to',
      words: `Statechart of ${name === 'FTP' || name.startsWith('SSL') ? name : name.toLowerCase()}`,
      keys: [String(at + 1)],
      run: () => {
        store.showChart(chart)
        store.desk.show('module')
      }
    })),
    ...themeChoices.map((theme): Action => ({
      id: `theme-${theme}`,
      group: 'Look',
      words: theme === 'system' ? 'Theme of the system' : `${theme === 'dark' ? 'Dark' : 'Light'} theme`,
      also: 'theme colours mode',
      run: () => {
        chooseLook({ theme })
      }
    })),
    {
      id: 'contrast',
      group: 'Look',
      words: chosenLook().contrast === 'more' ? 'Contrast of the system' : 'More contrast',
      also: 'high contrast accessibility',
      run: () => {
        chooseLook({ contrast: chosenLook().contrast === 'more' ? 'system' : 'more' })
      }
    }
  ]
}

/** Keys that belong to a panel: listed here, handled there. */
const panelKeys: readonly Action[] = [
  { id: 'note-complete', group: 'In a panel', words: 'Terminal: complete the name of a command', keys: ['Tab'] },
  {
    id: 'note-history',
    group: 'In a panel',
    words: 'Terminal: earlier lines that begin as this one does',
    keys: ['ArrowUp', 'ArrowDown']
  },
  {
    id: 'note-palette',
    group: 'In a panel',
    words: 'Terminal: find an action; every other control character is the module’s',
    keys: ['Mod+K']
  },
  {
    id: 'note-rows',
    group: 'In a panel',
    words: 'Timeline, handshake: select; the way to the first cause lights up',
    keys: ['ArrowUp', 'ArrowDown']
  },
  {
    id: 'note-hold',
    group: 'In a panel',
    words: 'Timeline: hold it still, or follow the newest event',
    keys: ['Space']
  },
  {
    id: 'note-range',
    group: 'In a panel',
    words: 'Timeline: take in further rows; Ctrl+A all of them',
    keys: ['Shift+ArrowUp', 'Shift+ArrowDown', 'Mod+A']
  },
  { id: 'note-copy', group: 'In a panel', words: 'Timeline: copy what is selected, on screen or not', keys: ['Mod+C'] },
  {
    id: 'note-bookmark',
    group: 'In a panel',
    words: 'Timeline: set a bookmark, go to the next, to the one before',
    keys: ['b', 'n', 'p']
  },
  {
    id: 'note-tree',
    group: 'In a panel',
    words: 'Message: walk its fields, fold them, or walk its bytes',
    keys: ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']
  },
  { id: 'note-tabs', group: 'In a panel', words: 'Tabs: the one beside', keys: ['ArrowLeft', 'ArrowRight'] }
]

function focusSoon(selector: string): void {
  const focus = (): boolean => {
    const element = document.querySelector<HTMLElement>(selector)
    element?.focus()
    return element !== null
  }
  if (focus()) return
  // A panel that was behind another is drawn in the next frame, and one whose code is not there yet once it is.
  requestAnimationFrame(() => {
    if (!focus()) void loadTheRest().then(() => requestAnimationFrame(focus))
  })
}
