import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseSync } from 'oxc-parser'

/**
 * The tests under `test/`, as `{ file, line, title }`: the title with those of the describe blocks around it. Tests that
 * never run (`skip`, `todo`) are left out. Where a title is put together at run time, the fixed part of it counts.
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

/** The titles in one file's text. */
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

/** Every text written in a file, comments apart; what a template puts in at run time reads as `0`. */
export function textsIn(file, text) {
  const found = []
  walk(parseSync(file, text).program, null, (node) => {
    if (node.type === 'Literal' && typeof node.value === 'string') found.push(node.value)
    if (node.type === 'TemplateLiteral') found.push(node.quasis.map((part) => part.value.cooked).join('0'))
    return true
  })
  return found
}

/** `describe`, or `it` and `test`, with whatever is chained to them: `it.each(…)`, `describe.skipIf(…)`. */
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

/** The text of a literal, without what a template puts in at run time; null for anything else. */
function fixedText(node) {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value
  if (node.type === 'TemplateLiteral') return node.quasis.map((part) => part.value.cooked).join('…')
  return null
}

/** Calls `visit` with each node and what the visit of the node around it answered; null leaves a node's insides out. */
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
