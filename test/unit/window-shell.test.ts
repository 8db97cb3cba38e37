import { describe, expect, it } from 'vitest'
import { defaultLayout, type PlacedPanel, type Variant } from '../../src/renderer/shell/dock/default-layout.ts'
import { ActionRegistry, capsOf, findActions, pressedKey, type Action } from '../../src/renderer/state/store/actions.ts'
import { createActs, MAX_ACTS, type DoneAct } from '../../src/renderer/state/store/acts.ts'

describe('acts that can be taken back', () => {
  function bench() {
    const told: { acts: readonly DoneAct[]; offered: DoneAct | null } = { acts: [], offered: null }
    const refused: string[] = []
    const acts = createActs({
      attempt: (call) =>
        call.then(
          () => true,
          (error: Error) => {
            refused.push(error.message)
            return false
          }
        ),
      tell: (change) => Object.assign(told, change),
      nowMs: () => 1000
    })
    const log: string[] = []
    const act = (label: string): Promise<boolean> =>
      acts.act(
        label,
        async () => void log.push(`do ${label}`),
        async () => void log.push(`undo ${label}`)
      )
    return { acts, act, told, refused, log }
  }

  it('are undone newest first, or by name, each once', async () => {
    const { acts, act, told, log } = bench()
    await act('a')
    await act('b')
    await act('c')
    expect(told.offered?.label).toBe('c')
    const a = told.acts[0]!
    expect(await acts.undo()).toBe(true)
    expect(await acts.undo(a.id)).toBe(true)
    expect(await acts.undo(a.id)).toBe(false)
    expect(log).toEqual(['do a', 'do b', 'do c', 'undo c', 'undo a'])
    expect(told.acts.map(({ label }) => label)).toEqual(['b'])
    expect(told.offered).toBeNull()
  })

  it('remember the newest twenty, and none that was refused', async () => {
    const { acts, act, told, refused } = bench()
    for (let at = 0; at < MAX_ACTS + 5; at++) await act(`act ${at}`)
    expect(told.acts).toHaveLength(MAX_ACTS)
    expect(told.acts[0]!.label).toBe('act 5')
    expect(
      await acts.act(
        'no',
        () => Promise.reject(new Error('It was refused.')),
        () => Promise.resolve()
      )
    ).toBe(false)
    expect(refused).toEqual(['It was refused.'])
    expect(told.acts.at(-1)!.label).toBe(`act ${MAX_ACTS + 4}`)
  })

  it('stay in the list when the offer is dismissed', async () => {
    const { acts, act, told } = bench()
    await act('a')
    acts.dismissAct()
    expect(told.offered).toBeNull()
    expect(told.acts).toHaveLength(1)
  })
})

describe('actions', () => {
  const action = (words: string, more: Partial<Action> = {}): Action => ({
    id: words,
    words,
    group: 'General',
    run: () => undefined,
    ...more
  })
  const press = (key: string, more: Partial<KeyboardEvent> = {}): string =>
    pressedKey({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more })

  it('are found by words, by what else they are called, and by letters in order', () => {
    const all = [
      action('Refuse every APN', { group: 'Network' }),
      action('Go to Handshake', { group: 'Panel' }),
      action('Dark theme', { also: 'colours' }),
      action('Become HE910')
    ]
    const found = (typed: string): readonly string[] => findActions(all, typed).map(({ words }) => words)
    expect(found('refuse')).toEqual(['Refuse every APN'])
    expect(found('hnd')).toContain('Go to Handshake')
    expect(found('colour dark')).toEqual(['Dark theme'])
    expect(found('he9')[0]).toBe('Become HE910')
    expect(found('zzz')).toEqual([])
    expect(found('')).toHaveLength(4)
  })

  it('do not list in the palette what is a key alone', () => {
    const all = [action('Tab', { run: undefined as never }), action('Palette', { keyOnly: true }), action('Undo')]
    expect(findActions(all, '').map(({ words }) => words)).toEqual(['Undo'])
  })

  it('name keys as they are pressed', () => {
    expect(press('k', { ctrlKey: true })).toBe('Mod+K')
    expect(press('K', { metaKey: true })).toBe('Mod+K')
    expect(press('Z', { ctrlKey: true, shiftKey: true })).toBe('Mod+Shift+Z')
    expect(press('?', { shiftKey: true })).toBe('?')
    expect(press('F6', { shiftKey: true })).toBe('Shift+F6')
    expect(press('ArrowLeft', { altKey: true, shiftKey: true })).toBe('Alt+Shift+ArrowLeft')
    expect(capsOf('Mod+Shift+ArrowLeft', false)).toEqual(['Ctrl', 'Shift', '←'])
    expect(capsOf('Mod+K', true)).toEqual(['⌘', 'K'])
  })

  it('come and go with what offers them', () => {
    const registry = new ActionRegistry()
    const end = registry.add(() => [
      action('Filter', { keys: ['/'] }),
      action('Note', { keys: ['x'], run: undefined as never })
    ])
    expect(registry.forKey('/')?.words).toBe('Filter')
    expect(registry.forKey('x')).toBeNull()
    end()
    expect(registry.all()).toEqual([])
  })
})

describe('the default layout', () => {
  const cells = [
    'board',
    'module',
    'context',
    'socket',
    'nvm',
    'timers',
    'timeline',
    'terminal',
    'handshake',
    'why'
  ] as const
  const all: readonly PlacedPanel[] = cells.map((cell) => ({ id: cell, title: cell, cell }))

  interface Node {
    readonly type: 'leaf' | 'branch'
    readonly size: number
    readonly data: readonly Node[] & { readonly views: readonly string[] }
  }
  const rootOf = (variant: Variant, panels = all, width = 1280, height = 704): Node =>
    defaultLayout(variant, panels, width, height).grid.root as unknown as Node
  const leaves = (node: Node): readonly Node[] => (node.type === 'leaf' ? [node] : node.data.flatMap(leaves))

  it('has every panel once, and its sizes fill the dock in whole pixels', () => {
    for (const variant of ['wide', 'narrow', 'small'] as const) {
      const root = rootOf(variant)
      expect(
        leaves(root)
          .flatMap(({ data }) => data.views)
          .toSorted()
      ).toEqual([...cells].toSorted())
      const fills = (node: Node, length: number): void => {
        if (node.type === 'leaf') return
        expect(node.data.reduce((sum, one) => sum + one.size, 0)).toBe(length)
        for (const one of node.data) expect(one.size % 1).toBe(0)
      }
      fills(root, 704)
      for (const row of root.data) fills(row, row.type === 'branch' ? 1280 : row.size)
    }
  })

  it('is that of the drawing at 1280 wide, and puts Why beside Handshake in a narrow window', () => {
    const [upper, lower] = rootOf('wide').data
    expect(upper!.data.map(({ size }) => size)).toEqual([479, 366, 435])
    expect(lower!.data.map(({ size }) => size)).toEqual([471, 495, 314])
    expect(leaves(rootOf('narrow')).map(({ data }) => data.views)).toContainEqual(['handshake', 'why'])
  })

  it('leaves the room of a panel that is not there to its neighbours', () => {
    const without = all.filter(({ id }) => id !== 'why' && id !== 'board')
    const [upper, lower] = rootOf('wide', without).data
    expect(upper!.data).toHaveLength(2)
    expect(lower!.data.reduce((sum, { size }) => sum + size, 0)).toBe(1280)
    expect(leaves(rootOf('wide', [all[0]!])).map(({ data }) => data.views)).toEqual([['board']])
  })

  it('brings the panel to the front that asks for it', () => {
    const two: readonly PlacedPanel[] = [
      { id: 'why', title: 'Why', cell: 'why' },
      { id: 'start', title: 'Start', cell: 'why', front: true }
    ]
    expect(leaves(rootOf('wide', two))[0]!.data).toMatchObject({ views: ['why', 'start'], activeView: 'start' })
  })
})
