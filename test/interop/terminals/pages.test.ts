import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { recipePage } from './recipe.ts'
import { scriptRecipes, terminalRecipes } from './recipes.ts'

const recipes = [...terminalRecipes, ...Object.values(scriptRecipes)]

/** A page describes what its test does. `npx vitest run test/interop/terminals -u` writes the pages again. */
describe('docs/recipes', () => {
  it.each(recipes.map((recipe) => ({ name: recipe.name, recipe })))(
    '$name.md is not stale',
    async ({ name, recipe }) => {
      await expect(recipePage(recipe)).toMatchFileSnapshot(`../../../docs/recipes/${name}.md`)
    }
  )

  it('has no page for a recipe that is gone', () => {
    const pages = readdirSync('docs/recipes').filter((name) =>
      readFileSync(`docs/recipes/${name}`, 'utf8').includes('test/interop/terminals')
    )
    expect(pages.toSorted()).toEqual(recipes.map(({ name }) => `${name}.md`).toSorted())
  })

  it('is linked from the README', () => {
    const readme = readFileSync('README.md', 'utf8')
    expect(recipes.map(({ name }) => name).filter((name) => !readme.includes(`(docs/recipes/${name}.md)`))).toEqual([])
  })
})
