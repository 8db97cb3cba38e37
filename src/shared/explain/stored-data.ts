import type { Snapshot } from '../calls/snapshot.ts'
import { securitySlots, type SecuritySlot } from '../hardware/security-slots.ts'
import type { BoardPart, Happening, Remedy } from './explanation.ts'
import { profileNow, securitySetting, storeSlot } from './remedies.ts'
import { compared, ownValues, shown, type Builder, type Story } from './story.ts'
import { bytesText, counted } from './words.ts'

// Stored data that the module cannot use for a dial: 837 (guide chapter 3.3, G-3.2-5).

const slotNames: Readonly<Record<SecuritySlot, string>> = {
  'client-certificate': 'client certificate',
  'ca-certificate': 'CA certificate',
  'private-key': 'private key'
}

export const slotEmpty: Builder = (story) => {
  const slot = slotOf(story)
  const authMode = story.moment?.ssl.authMode ?? null
  return {
    title: `No ${slotNames[slot]} is stored`,
    happened: [
      shown(
        `${authMode === null ? 'The auth mode' : `Auth mode ${authMode}`} needs ${neededBy[authMode ?? 0] ?? 'stored data'}; the slot of the ${slotNames[slot]} is empty.`
      ),
      noByteSent
    ],
    values: [compared(`data type ${securitySlots.indexOf(slot)} of #SSLSECDATA`, `a ${slotNames[slot]}`, 'nothing')],
    remedies: (now) => [store(now, slot, `Store the ${slotNames[slot]}.`), ...lowerMode(now, slot)],
    parts: [partOf(slot), 'ssl']
  }
}

export const strayByte: Builder = (story) => {
  const slot = slotOf(story)
  const { storedBytes, strayBytes } = story.fact('slot')!
  const bytes = storedBytes - strayBytes
  return {
    title: `The stored ${slotNames[slot]} has the wrong line ends`,
    happened: [
      shown(
        `${story.failure.sentence} In total, ${counted(strayBytes, 'byte')} of ${storedBytes} should not be there.`
      ),
      shown('This family stores every byte that it receives, and can use a PEM only when its lines end with LF alone.'),
      shown('A terminal program or an editor may have added the other bytes.'),
      noByteSent
    ],
    values: ownValues(story, 'line ends'),
    remedies: (now) => [
      {
        ...storeSlot(
          now,
          slot,
          `Send it again with LF line ends: it then has ${bytesText(bytes)}.`,
          bytes,
          `the ${slotNames[slot]}`
        )
      },
      ...lowerMode(now, slot)
    ],
    parts: [partOf(slot), 'ssl']
  }
}

export const cutShort: Builder = (story) => {
  const slot = slotOf(story)
  const { storedBytes } = story.fact('slot')!
  return {
    title: `The stored ${slotNames[slot]} was cut short`,
    happened: [
      shown(`${bytesText(storedBytes)} are stored, and the END line is not among them.`),
      shown('#SSLSECDATA drops all bytes beyond the given size, without an error.'),
      noByteSent
    ],
    values: ownValues(story, 'last line'),
    remedies: (now) => [store(now, slot, 'Store it again with its full size.'), ...lowerMode(now, slot)],
    parts: [partOf(slot), 'ssl']
  }
}

export const slotInDer: Builder = (story) => ({
  ...unreadable(story),
  title: `The stored ${slotNames[slotOf(story)]} is in DER`,
  happened: [shown('This family accepts only PEM, and the slot contains DER.'), noByteSent]
})

export const keyFormat: Builder = (story) => ({
  ...unreadable(story),
  title: 'This product does not support the format of the private key',
  happened: [
    shown(
      `It is ${story.failure.got ?? 'in another format'}; this product supports ${story.failure.expected ?? 'PKCS#1'}.`
    ),
    ...(/PKCS#8/.test(story.failure.got ?? '')
      ? [shown('`openssl rsa -traditional` converts a PKCS#8 key to PKCS#1.')]
      : []),
    noByteSent
  ],
  values: ownValues(story, 'key format')
})

export const keyMismatch: Builder = (story) => {
  const certificate = story.fact('certificate')
  return {
    title: 'The stored key does not belong to the stored client certificate',
    happened: [
      shown(
        `The client certificate is that of ${certificate?.subject ?? 'somebody'}; the private key belongs to another certificate.`
      ),
      noByteSent
    ],
    values: ownValues(story, 'private key'),
    remedies: (now) => [
      store(now, 'private-key', 'Store the key that belongs to the certificate.'),
      store(now, 'client-certificate', 'Or store the certificate that belongs to the key.'),
      ...lowerMode(now, 'private-key')
    ],
    parts: ['nvm:private-key', 'nvm:client-certificate', 'ssl']
  }
}

export const unreadable: Builder = (story) => {
  const slot = slotOf(story)
  return {
    title: `The stored ${slotNames[slot]} cannot be read`,
    happened: [shown(story.failure.sentence), noByteSent],
    values: ownValues(story, slotNames[slot]),
    remedies: (now) => [store(now, slot, `Store a ${slotNames[slot]} that can be read.`), ...lowerMode(now, slot)],
    parts: [partOf(slot), 'ssl']
  }
}

const neededBy: Readonly<Record<number, string>> = {
  1: 'the CA certificate',
  2: 'CA certificate, client certificate and private key'
}

const noByteSent: Happening = shown(
  'The dial failed before the module sent anything: the stored data is checked first.'
)

/** Returns the slot to blame. A failure that names none is about the key. */
function slotOf(story: Story): SecuritySlot {
  return story.fact('slot')?.slot ?? 'private-key'
}

const partOf = (slot: SecuritySlot): BoardPart => `nvm:${slot}`

function store(snapshot: Snapshot, slot: SecuritySlot, sentence: string): Remedy {
  const [format] = profileNow(snapshot).keyFormats
  const what = slot === 'private-key' && format === 'pkcs1' ? 'the private key as PKCS#1' : `the ${slotNames[slot]}`
  return storeSlot(snapshot, slot, sentence, null, what)
}

/** Suggests authentication modes that need less data: 1 when only the module's own identity is missing, and 0. */
function lowerMode(snapshot: Snapshot, slot: SecuritySlot): Remedy[] {
  const caUsable = snapshot.slots.some(
    (one) => one.slot === 'ca-certificate' && one.storedBytes > 0 && one.fault === null
  )
  const serverOnly: Remedy = {
    sentence: 'Authenticate the server only (auth mode 1).',
    commands: [securitySetting(snapshot, { authMode: 1 })]
  }
  const none: Remedy = {
    sentence: 'Verify nothing (auth mode 0).',
    commands: [securitySetting(snapshot, { authMode: 0 })],
    warning: 'Bench only: anybody between module and server can then read and modify everything.'
  }
  return slot !== 'ca-certificate' && caUsable ? [serverOnly, none] : [none]
}
