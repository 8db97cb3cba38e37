import type { ArgumentsOf, ArgumentValues, Named } from '../../../shared/commands/arguments.ts'
import type { CommandDeclaration } from '../../../shared/commands/declaration.ts'
import type { Answer } from '../at/answer.ts'
import type { CommandContext } from '../parts.ts'

/** The handler of a command: exactly the forms of its declaration, with its parameters by name. */
export type HandlerOf<Command extends CommandDeclaration> = {
  readonly [Form in Command['forms'][number]]: Form extends 'set'
    ? (args: ArgumentsOf<Command>, context: CommandContext) => Answer
    : (context: CommandContext) => Answer
} & {
  /** Only for a test response that depends on more than the declaration. */
  readonly test?: (context: CommandContext) => Answer
}

/** A handler for every command of a union of declarations. A missing or extra one does not compile. */
export type HandlersOf<Commands extends CommandDeclaration> = {
  readonly [Name in Commands['name']]: HandlerOf<Named<Commands, Name>>
}

/** Any handler, for callers that have checked form and arguments against the declaration. */
export interface AnyHandler {
  set?(args: ArgumentValues, context: CommandContext): Answer
  read?(context: CommandContext): Answer
  execute?(context: CommandContext): Answer
  test?(context: CommandContext): Answer
}
