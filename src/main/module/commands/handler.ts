import type { Answer } from '../at/answer.ts'
import type { CommandArguments } from '../at/arguments.ts'
import type { CommandContext } from '../parts.ts'

/** What a declared command does, form by form. A form that is declared and missing here is a fault that a test finds. */
export interface CommandHandler {
  set?(args: CommandArguments, context: CommandContext): Answer
  read?(context: CommandContext): Answer
  execute?(context: CommandContext): Answer
  /** Only where the test answer depends on more than the declaration. */
  test?(context: CommandContext): Answer
}

export type CommandHandlers = Readonly<Record<string, CommandHandler>>
