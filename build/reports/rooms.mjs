import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * Returns `docs/architecture.md` with a new table of rooms, made from the sources. The rest of the page is written by
 * hand.
 */
export function architectureDocument(root) {
  const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8')
  const [before, , after] = page.split(MARK)
  if (after === undefined) throw new Error(`docs/architecture.md needs the line ${MARK} above and below its table.`)
  const { rooms, problems } = roomsOf(sourceTexts(root))
  if (problems.length > 0) throw new Error(problems.join('\n'))
  const rows = rooms.map(({ folder, file, sentence }) => `| \`${folder}\` | \`${file}\` | ${sentence} |`)
  return [before, `\n| room | main file | what it is |\n| --- | --- | --- |\n${rows.join('\n')}\n`, after].join(MARK)
}

/**
 * Returns the room of each folder with sources, by its main file: the one that begins with `@module` and one sentence.
 * `problems` has one sentence for each folder with no such file, or with two.
 */
export function roomsOf(sources) {
  const folders = [...new Set(sources.map(({ path }) => dirname(path)))].toSorted()
  const rooms = []
  const problems = []
  for (const folder of folders) {
    const mains = sources
      .filter(({ path }) => dirname(path) === folder)
      .map(({ path, text }) => ({ folder, file: path.slice(folder.length + 1), sentence: sentenceOf(text) }))
      .filter(({ sentence }) => sentence !== null)
    if (mains.length === 1) rooms.push(mains[0])
    else problems.push(`${folder} needs one file that begins with /** @module … */ and has ${mains.length}.`)
  }
  return { rooms, problems }
}

/** Returns every source file and style sheet below `src`. */
export function sourceTexts(root) {
  return readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(tsx?|css)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({
      path: file.slice(root.length + 1).replaceAll('\\', '/'),
      text: readFileSync(file, 'utf8')
    }))
}

const MARK = '<!-- rooms: made by `npm run docs` -->'

/** Returns the sentence after `@module` in the first comment of a file, or `null`. */
function sentenceOf(text) {
  const comment = /^\/\*\*? @module ([^]*?)\*\/|^\/\*\*?\n \* @module ([^]*?)\*\//.exec(text)
  if (comment === null) return null
  return (comment[1] ?? comment[2]).replace(/\n \*/g, ' ').replace(/\s+/g, ' ').trim()
}
