import type { ArgumentsOf, ArgumentValues, Named } from '../../../shared/commands/arguments.ts'
import type { CommandDeclaration } from '../../../shared/commands/declaration.ts'
import type { Answer } from '../at/answer.ts'
import type { CommandContext } from '../parts.ts'

/** What a command does, form by form: every form of its declaration, and no other, with the parameters of the declaration by name. */
export type HandlerOf<Command extends CommandDeclaration> = {
  readonly [Form in Command['forms'][number]]: Form extends 'set'
    ? (args: ArgumentsOf<Command>, context: CommandContext) => Answer
    : (context: CommandContext) => Answer
} & {
  /** Only where the test answer depends on more than the declaration. */
  readonly test?: (context: CommandContext) => Answer
}

/** A handler for every command of a union of declarations. One that is missing, or too many, does not compile. */
export type HandlersOf<Commands extends CommandDeclaration> = {
  readonly [Name in Commands['name']]: HandlerOf<Named<Commands, Name>>
}

/** Any handler, for whoever has checked form and arguments against the declaration. */
export interface AnyHandler {
  set?(args: ArgumentValues, context: CommandContext): Answer
  read?(context: CommandContext): Answer
  execute?(context: CommandContext): Answer
  test?(context: CommandContext): Answer
}
