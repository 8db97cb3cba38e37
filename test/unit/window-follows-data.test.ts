import { createElement, createRef } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterEach, describe, expect, it } from 'vitest'
import { commandsFor } from '../../src/renderer/board/part-facts.ts'
import { helpFor } from '../../src/renderer/panels/terminal/command-help.ts'
import { completionsOf } from '../../src/renderer/panels/terminal/completions.ts'
import { ProductChange } from '../../src/renderer/shell/ProductChange.tsx'
import { ProductChoice } from '../../src/renderer/shell/ProductChoice.tsx'
import type { Store } from '../../src/renderer/state/store/store.ts'
import type { CommandDeclaration } from '../../src/shared/commands/declaration.ts'
import { commands } from '../../src/shared/commands/index.ts'
import { products, profileOf, type Product } from '../../src/shared/products/catalog.ts'
import { catalog, scene } from '../fixtures/window-states.ts'

/** Products and commands are data: a change of the data alone changes the window. */
describe('the window follows its data', () => {
  const undo: (() => void)[] = []
  afterEach(() => {
    for (const back of undo.splice(0)) back()
  })
  const textOf = (markup: string): string => markup.replaceAll(/<[^>]+>/g, ' ').replaceAll(/[ \n]+/g, ' ')
  const { snapshot } = scene('fresh')

  function addProduct(change: Partial<Product>): Product {
    const list = products as Product[]
    const added = { ...list.find((one) => one.name === 'HE910-GA')!, ...change }
    list.push(added)
    undo.push(() => list.splice(list.indexOf(added), 1))
    return added
  }

  function addCommand(change: Partial<CommandDeclaration>): void {
    const list = commands as CommandDeclaration[]
    const added = { ...list.find((one) => one.name === '#SSLS')!, ...change }
    list.push(added)
    undo.push(() => list.splice(list.indexOf(added), 1))
  }

  const changeTo = (product: string): string =>
    textOf(
      renderToStaticMarkup(
        createElement(ProductChange, {
          snapshot,
          wanted: { product, software: null },
          busy: false,
          confirm: createRef<HTMLButtonElement>(),
          onKeep: () => {},
          onRestart: () => {}
        })
      )
    )

  it('offers a product that was added, with its limits beside those of the present one', () => {
    expect(() => changeTo('HE910-NEW')).toThrow('There is no product HE910-NEW')
    addProduct({ name: 'HE910-NEW', aliases: [] })
    expect(changeTo('HE910-NEW')).toContain('The commands, suites and limits stay the same.')
    addProduct({ name: 'HE910-SMALL', aliases: ['HE910-TINY'], differs: { maxRecordBytes: 4096 } })
    const small = changeTo('HE910-SMALL')
    expect(small).toContain('also sold as HE910-TINY')
    expect(small).toContain('Received record up to 4\u202f096 bytes was up to 16\u202f384 bytes')
  })

  it('lists in its selectors what the catalog lists', () => {
    const [first, ...others] = catalog.families
    const changed = {
      families: [
        ...others,
        { name: 'XE999', products: [{ name: 'XE999-ONE', software: ['1.00.xx1', '1.00.xx2'] }] },
        { ...first!, products: first!.products.slice(1) }
      ]
    }
    const state = {
      catalog: changed,
      snapshot,
      wanted: { product: 'XE999-ONE', software: '1.00.xx2' },
      link: { kind: 'live' }
    }
    addProduct({ name: 'XE999-ONE', family: 'HE910', software: [{ ...products[0]!.software[0]!, name: '1.00.xx2' }] })
    const drawn = drawnWith({ ...state, wanted: null })
    expect(drawn.match(/<optgroup label="([^"]+)"/g)).toHaveLength(changed.families.length)
    expect(drawn).toContain('<option>XE999-ONE</option>')
    expect(drawn).not.toContain(`<option>${first!.products[0]!.name}</option>`)
  })

  it('completes, explains and offers on the board a command that was declared, for the products that have it', () => {
    const [he910, ge865] = [profileOf('HE910'), profileOf('GE865-QUAD')]
    const names = (profile: typeof he910): readonly string[] =>
      completionsOf('AT#SSLNEW', profile).map(({ label }) => label)
    expect(names(he910)).toEqual([])
    addCommand({ name: '#SSLNEWLY', summary: 'what is new', exists: ({ family }) => family === 'HE910' })
    expect(names(he910)).toEqual(['#SSLNEWLY'])
    expect(names(ge865)).toEqual([])
    expect(JSON.stringify(helpFor('AT#SSLNEWLY', he910))).toContain('what is new')
  })

  it('takes a command off the board’s parts with its declaration', () => {
    const list = commands as CommandDeclaration[]
    const at = list.findIndex((one) => one.name === '+CSQ')
    const linesOf = (): readonly string[] => commandsFor('antenna', profileOf('HE910')).map(({ line }) => line)
    expect(linesOf()).toContain('AT+CSQ')
    const [removed] = list.splice(at, 1)
    undo.push(() => list.splice(at, 0, removed!))
    expect(linesOf()).not.toContain('AT+CSQ')
  })

  /** Draws the selectors for a fixed store. */
  function drawnWith(state: object): string {
    const store = { get: () => state, subscribe: () => () => {} } as unknown as Store
    return renderToStaticMarkup(createElement(ProductChoice, { store }))
  }
})
