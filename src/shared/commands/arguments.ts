import type { CommandDeclaration, ParameterDeclaration } from './declaration.ts'

/** What a set form was given, by parameter name: numbers and texts as the declaration types them. What was left out is absent, or its default. */
export type ArgumentsOf<Command extends CommandDeclaration> = {
  readonly [Name in Command['parameters'][number]['name']]: ArgumentOf<Named<Command['parameters'][number], Name>>
}

/** The same before anybody knows of which command. */
export type ArgumentValues = Readonly<Record<string, number | string | undefined>>

/** The member of a union of declarations that has the name. */
export type Named<Declaration extends { readonly name: string }, Name extends string> = Declaration extends {
  readonly name: infer Own
}
  ? Name extends Own
    ? Declaration
    : never
  : never

/** A value is certain where every product has the parameter and it cannot be left out, or has a default. */
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
