import type { CommandDeclaration, ParameterDeclaration } from './declaration.ts'

/**
 * The arguments of a set form by parameter name, typed from the declaration. An argument that was left out is absent or
 * has its default.
 */
export type ArgumentsOf<Command extends CommandDeclaration> = {
  readonly [Name in Command['parameters'][number]['name']]: ArgumentOf<Named<Command['parameters'][number], Name>>
}

/** The same for any command. */
export type ArgumentValues = Readonly<Record<string, number | string | undefined>>

/** The member of a union of declarations with this name. */
export type Named<Declaration extends { readonly name: string }, Name extends string> = Declaration extends {
  readonly name: infer Own
}
  ? Name extends Own
    ? Declaration
    : never
  : never

/** A value is always there if every product has the parameter and it is required or has a default. */
type ArgumentOf<Parameter extends ParameterDeclaration> =
  ValueOf<Parameter> | (IsCertain<Parameter> extends true ? never : undefined)

type ValueOf<Parameter extends ParameterDeclaration> = Parameter extends { readonly kind: 'number' } ? number : string

type IsCertain<Parameter extends ParameterDeclaration> = Parameter extends { readonly exists: unknown }
  ? false
  : Parameter extends { readonly optional: true }
    ? Parameter extends { readonly default: number | string }
      ? true
      : false
    : true
