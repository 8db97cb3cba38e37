import type { MachineDeclaration } from './machine.ts'

// The names in a machine's declaration as types: a mistyped state, event or target does not compile.

/** All events that some state has a transition for. */
export type EventName<Node> =
  | (Node extends { readonly on: infer On } ? Extract<keyof On, string> : never)
  | (Node extends { readonly states: infer States }
      ? { [Name in keyof States]: EventName<States[Name]> }[keyof States]
      : never)

/** The paths of all states, including those with inner states. */
export type StatePath<Node> = Node extends { readonly states: infer States }
  ? { [Name in Extract<keyof States, string>]: Name | `${Name}.${StatePath<States[Name]>}` }[Extract<
      keyof States,
      string
    >]
  : never

/** The states that a machine can be in: those without inner states. */
export type InnermostState<Node> = Node extends { readonly states: infer States }
  ? {
      [Name in Extract<keyof States, string>]: States[Name] extends { readonly states: unknown }
        ? `${Name}.${InnermostState<States[Name]>}`
        : Name
    }[Extract<keyof States, string>]
  : never

/** The same declaration with its valid targets and initial states. An invalid declaration does not match it. */
export type WithTargets<Machine extends MachineDeclaration> = Targets<
  Machine,
  Machine['id'],
  StatePath<Machine>,
  '',
  ''
>

type Targets<Node, Id extends string, Paths extends string, Parent extends string, Path extends string> = {
  readonly [Field in keyof Node]: Field extends 'on'
    ? { readonly [Event in keyof Node[Field]]: `#${Id}.${Paths}` | Below<Paths, Parent> }
    : Field extends 'states'
      ? {
          readonly [Name in keyof Node[Field]]: Targets<
            Node[Field][Name],
            Id,
            Paths,
            Path,
            Joined<Path, Extract<Name, string>>
          >
        }
      : Field extends 'initial'
        ? Node extends { readonly states: infer States }
          ? keyof States
          : never
        : Node[Field]
}

type Joined<Parent extends string, Name extends string> = Parent extends '' ? Name : `${Parent}.${Name}`

type Below<Paths extends string, Parent extends string> = Parent extends ''
  ? Paths
  : Paths extends `${Parent}.${infer Rest}`
    ? Rest
    : never
