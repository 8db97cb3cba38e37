import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * One way to use the simulator's port with a common program. The test performs it exactly, and `docs/recipes/NAME.md`
 * is written from it, so that the page is tested.
 * In commands and files `LINK` stands for the port's link, and `LAB_CA` for the file of the lab's certificate
 * authority.
 */
export interface Recipe {
  /** File name of the page. */
  readonly name: string
  readonly title: string
  /** How to install it, in one sentence. */
  readonly install: string
  /** What the reader gets, and what is special about this program. */
  readonly intro: readonly string[]
  readonly files: readonly RecipeFile[]
  /** The shell command that starts it. */
  readonly command: string
}

/** An interactive program: keys are typed, the screen is read. */
export interface TerminalRecipe extends Recipe {
  readonly sessions: readonly Session[]
  readonly leave: Leave
}

/** A program without interaction. `prints`: what its output must contain, in order. */
export interface ScriptRecipe extends Recipe {
  readonly prints: readonly string[]
}

export interface Leave {
  readonly keys: readonly TerminalKey[]
  /** The question that follows, and the key for yes. */
  readonly question?: { readonly text: string; readonly key: TerminalKey }
  readonly words: string
}

export interface RecipeFile {
  /** Its path for the reader: `~/…`, or a name in the current folder. */
  readonly path: string
  readonly language: string
  readonly text: string
}

export interface Session {
  readonly title: string
  readonly steps: readonly Step[]
}

export interface Step {
  /** The text to type, with Enter at the end unless `key` says otherwise. */
  readonly type?: string
  /** Pastes the content of this file. */
  readonly paste?: 'LAB_CA'
  /** Pressed instead of Enter. */
  readonly key?: 'Ctrl-Z' | 'nothing'
  /** Seconds without input before typing: the guard time of +++. */
  readonly waitS?: number
  /** Lines that appear; `…` is any text. */
  readonly answer: readonly string[]
  readonly why?: string
}

/** Keys by their names in tmux. */
export type TerminalKey = 'C-a' | 'C-x' | 'C-t' | 'C-z' | 'Enter' | 'k' | 'q' | 'x' | 'y'

/** A file of the folder `scripts`, which the page shows and the test runs. */
export function scriptFile(name: string, language: string): RecipeFile {
  return { path: name, language, text: readFileSync(join(import.meta.dirname, 'scripts', name), 'utf8') }
}

/** Returns the page as Markdown. */
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

/** Matches `lines` in order, whatever is around them on the screen. */
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
