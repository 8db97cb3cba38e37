import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseSync } from 'oxc-parser'

/**
 * Returns the tests under `test/` as `{ file, line, title }`. The title includes those of the describe blocks around
 * it. Tests that never run (`skip`, `todo`) are left out. Of a title made at run time, only the fixed part counts.
 */
export function testTitles(root) {
  return testFiles(root).flatMap((file) => titlesIn(relative(root, file), readFileSync(file, 'utf8')))
}

export function testFiles(root) {
  return readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .toSorted()
    .map((name) => join(root, 'test', name))
}

/** Returns the titles in the text of one file. */
export function titlesIn(file, text) {
  const { program } = parseSync(file, text)
  const found = []
  walk(program, [], (node, around) => {
    if (node.type !== 'CallExpression') return around
    const block = blockOf(node.callee)
    if (block === null || !node.arguments[0]) return around
    const title = fixedText(node.arguments[0])
    if (title === null) return around
    if (block.never) return null
    if (block.kind === 'describe') return [...around, title]
    found.push({ file, line: lineAt(text, node.start), title: [...around, title].join(' › ') })
    return around
  })
  return found
}

/** Returns every string in a file, without comments. A template's value reads as `0`. */
export function textsIn(file, text) {
  const found = []
  walk(parseSync(file, text).program, null, (node) => {
    if (node.type === 'Literal' && typeof node.value === 'string') found.push(node.value)
    if (node.type === 'TemplateLiteral') found.push(node.quasis.map((part) => part.value.cooked).join('0'))
    return true
  })
  return found
}

/** Recognises `describe`, `it` and `test`, with what is chained to them: `it.each(…)`, `describe.skipIf(…)`. */
function blockOf(callee) {
  let never = false
  for (let node = callee; node;) {
    if (node.type === 'Identifier')
      return blockKinds.has(node.name) ? { kind: node.name === 'describe' ? 'describe' : 'it', never } : null
    if (node.type === 'MemberExpression') {
      if (node.property.name === 'skip' || node.property.name === 'todo') never = true
      node = node.object
    } else if (node.type === 'CallExpression') node = node.callee
    else if (node.type === 'TaggedTemplateExpression') node = node.tag
    else return null
  }
  return null
}

const blockKinds = new Set(['describe', 'it', 'test'])

/** Returns the text of a literal, without the values of a template; `null` for anything else. */
function fixedText(node) {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value
  if (node.type === 'TemplateLiteral') return node.quasis.map((part) => part.value.cooked).join('…')
  return null
}

/**
 * Calls `visit` with each node and with what the visit of its parent returned. When it returns `null`, the children are
 * skipped.
 */
function walk(node, around, visit) {
  const within = visit(node, around)
  if (within === null) return
  for (const value of Object.values(node)) {
    const children = Array.isArray(value) ? value : [value]
    for (const child of children)
      if (child !== null && typeof child === 'object' && typeof child.type === 'string') walk(child, within, visit)
  }
}

function lineAt(text, offset) {
  return text.slice(0, offset).split('\n').length
}
