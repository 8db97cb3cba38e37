import { onlyKnown } from './strict.mjs'
import { tellTest } from './tell-test.mjs'

/** The test's answers to dialogs, in order: the number of a button, or a list of paths. Without one, as for Esc. */
const answers = JSON.parse(process.env.STANDIN_ANSWERS ?? '[]')

const messageOptions = ['type', 'title', 'message', 'detail', 'buttons', 'defaultId', 'cancelId', 'noLink']
const openOptions = ['title', 'filters', 'properties']

export const dialog = {
  async showMessageBox(options) {
    onlyKnown('message box option', options, messageOptions)
    tellTest({ event: 'dialog', options })
    const answer = answers.shift()
    return { response: typeof answer === 'number' ? answer : (options.cancelId ?? 0), checkboxChecked: false }
  },
  async showOpenDialog(options) {
    onlyKnown('open dialog option', options, openOptions)
    tellTest({ event: 'dialog', options })
    const answer = answers.shift()
    return Array.isArray(answer) ? { canceled: false, filePaths: answer } : { canceled: true, filePaths: [] }
  }
}

export function answerDialogs(more) {
  answers.push(...more)
}
