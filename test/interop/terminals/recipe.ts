import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * One way to use the simulator's port with a program that people have. The test carries it out as it stands here, and
 * `docs/recipes/NAME.md` is written from it: what a page says has been done.
 *
 * In commands and files `LINK` stands for the port's link, and `LAB_CA` for the file of the lab's certificate authority.
 */
export interface Recipe {
  /** File name of the page. */
  readonly name: string
  readonly title: string
  /** How it is installed, as one sentence. */
  readonly install: string
  /** What the reader gets, and what is peculiar to this program. */
  readonly intro: readonly string[]
  readonly files: readonly RecipeFile[]
  /** The shell command that starts it. */
  readonly command: string
}

/** A program at a keyboard: keys are typed, the screen is read. */
export interface TerminalRecipe extends Recipe {
  readonly sessions: readonly Session[]
  readonly leave: Leave
}

/** A program that runs by itself and prints. `prints`: what has to be in its output, in this order. */
export interface ScriptRecipe extends Recipe {
  readonly prints: readonly string[]
}

export interface Leave {
  readonly keys: readonly TerminalKey[]
  /** What it asks then, and the key that says yes. */
  readonly question?: { readonly text: string; readonly key: TerminalKey }
  readonly words: string
}

export interface RecipeFile {
  /** Where it lies, as the reader is told: `~/…`, or a name in the current folder. */
  readonly path: string
  readonly language: string
  readonly text: string
}

export interface Session {
  readonly title: string
  readonly steps: readonly Step[]
}

export interface Step {
  /** What is typed, with Enter at the end unless `key` says otherwise. */
  readonly type?: string
  /** Pasted from the clipboard: the content of this file. */
  readonly paste?: 'LAB_CA'
  /** Pressed in place of Enter. */
  readonly key?: 'Ctrl-Z' | 'nothing'
  /** Hands off the keyboard for this long before typing, seconds: the guard time of +++. */
  readonly waitS?: number
  /** Lines that appear; `…` is any text. */
  readonly answer: readonly string[]
  readonly why?: string
}

/** Keys as tmux names them. */
export type TerminalKey = 'C-a' | 'C-x' | 'C-t' | 'C-z' | 'Enter' | 'k' | 'q' | 'x' | 'y'

/** A file of the folder `scripts`, that the page shows and the test runs. */
export function scriptFile(name: string, language: string): RecipeFile {
  return { path: name, language, text: readFileSync(join(import.meta.dirname, 'scripts', name), 'utf8') }
}

/** The page, as Markdown. */
export function recipePage(recipe: TerminalRecipe | ScriptRecipe): string {
  const parts = [
    `# ${recipe.title}`,
    ...recipe.intro,
    recipe.install,
    ...recipe.files.flatMap(({ path, language, text }) => [`\`${path}\`:`, fenced(language, text)]),
    'Start the simulator and the program. `LINK` is the serial port that `npm start` prints.',
    fenced('sh', recipe.command)
  ]
  if ('sessions' in recipe) {
    for (const { title, steps } of recipe.sessions) parts.push(`## ${title}`, stepTable(steps))
    parts.push(recipe.leave.words)
  } else {
    parts.push('It prints:', fenced('', recipe.prints.join('\n')))
  }
  const closing =
    'This page is written from what `test/interop/terminals` does; `npx vitest run test/interop/terminals -u` writes it anew.'
  return `${[...parts, `---\n\n${closing}`].join('\n\n')}\n`
}

/** Matches `lines` one after the other, whatever surrounds them on the screen. */
export function answerPattern(lines: readonly string[]): RegExp {
  const escaped = lines.map((line) => line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('…', '[^\\n]*'))
  return new RegExp(escaped.map((line) => `^${line}[ \\r]*$`).join('[\\s\\S]*?'), 'm')
}

function stepTable(steps: readonly Step[]): string {
  const rows = steps.map(({ type, paste, key, waitS, answer, why }) => {
    const typed = [
      waitS === undefined ? '' : `wait ${waitS} s,`,
      type === undefined ? '' : code(type),
      paste === undefined ? '' : 'paste the CA file',
      key === 'Ctrl-Z' ? '<kbd>Ctrl-Z</kbd>' : '',
      key === 'nothing' && type !== undefined ? '(no Enter)' : ''
    ]
    return `| ${typed.filter((one) => one !== '').join(' ')} | ${answer.map(code).join('<br>')} | ${why ?? ''} |`
  })
  return ['| Type | It answers | |', '| --- | --- | --- |', ...rows].join('\n')
}

const code = (text: string): string => `\`${text}\``

const fenced = (language: string, text: string): string => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``
