import type { Snapshot } from '../../../shared/calls/snapshot.ts'

/** The command that dials the lab's far end in online mode, or its form when there is no lab. */
export function dialCommand(lab: Snapshot['lab'] | undefined): string {
  return lab?.tls ? `AT#SSLD=1,${lab.tls.port},"${lab.tls.host}",0,0` : 'AT#SSLD=1,PORT,"HOST",0,0'
}

/** What a host sends, a line each, to get from a registered module to the lab's far end. */
export function dialScript(lab: Snapshot['lab']): string {
  return ['AT#SGACT=1,1', 'AT#SSLEN=1,1', dialCommand(lab)].map((line) => `${line}\n`).join('')
}
