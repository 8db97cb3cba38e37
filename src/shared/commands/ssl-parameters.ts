import type { ModuleProfile } from '../products/profile.ts'
import type { NumberParameter, NumberRange } from './declaration.ts'

// Parameters that several commands of the SSL socket share.

export const hasSsl = (profile: ModuleProfile): boolean => profile.hasSsl

export const socketId = {
  kind: 'number',
  name: 'ssid',
  ranges: [[1, 1]],
  about: 'secure socket; always 1'
} as const satisfies NumberParameter

export const commandTimeout = {
  kind: 'number',
  name: 'timeout',
  ranges: [[10, 5000]],
  unit: '100 ms',
  about: 'if left out: defTo of #SSLCFG',
  optional: true
} as const satisfies NumberParameter

export const closureType = {
  kind: 'number',
  name: 'closureType',
  ranges: (profile: ModuleProfile) => [[0, profile.maxClosureType]],
  about: '1 keeps the TLS session for a fast dial',
  without: 'This product keeps no TLS session, and has no #SSLFASTD.'
} as const satisfies NumberParameter

/** Values that only software with SSLSRING uses (D-1, D-2). Other software allows only 0. */
export const ringModes =
  (highest: number) =>
  (profile: ModuleProfile): readonly NumberRange[] => [[0, profile.hasRingMode ? highest : 0]]

const tail = { kind: 'number', ranges: [[0, 65_535]], optional: true, factory: 0 } as const
export const kept = { ...tail, about: 'stored, without effect' } as const
export const dropped = { ...tail, about: 'accepted and ignored' } as const
