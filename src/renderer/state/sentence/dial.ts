import type { Snapshot } from '../../../shared/calls/snapshot.ts'

/** Returns the command that dials the lab's server in online mode, or its form when there is no lab. */
export function dialCommand(lab: Snapshot['lab'] | undefined): string {
  return lab?.tls ? `AT#SSLD=1,${lab.tls.port},"${lab.tls.host}",0,0` : 'AT#SSLD=1,PORT,"HOST",0,0'
}

/** Returns what a host sends to get from a registered module to the lab's server, one command a line. */
export function dialScript(lab: Snapshot['lab']): string {
  return ['AT#SGACT=1,1', 'AT#SSLEN=1,1', dialCommand(lab)].map((line) => `${line}\n`).join('')
}
