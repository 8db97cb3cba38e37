import type { ChainCertificate } from '../../../shared/calls/nvm.ts'
import type { SlotSnapshot } from '../../../shared/calls/snapshot.ts'
import type { Validity } from './validity.ts'

/** The texts of the NVM slots panel and its sheets. */
export const nvmWords = {
  /** By data type of #SSLSECDATA. */
  slots: {
    0: { title: 'Client certificate', short: 'Client cert', name: 'client certificate' },
    1: { title: 'CA certificate', short: 'CA cert', name: 'CA certificate' },
    2: { title: 'Private key', short: 'Private key', name: 'private key' }
  } satisfies Readonly<Record<SlotSnapshot['dataType'], { readonly title: string; short: string; name: string }>>,

  panel: {
    name: 'NVM slots',
    takes: 'takes ',
    formats: { pem: 'PEM', der: 'DER' },
    only: ' only',
    dropFile: '; drop a file on a slot',
    aboutOnly: 'AT#SSLSECDATA of this product takes PEM only',
    aboutFormat: 'The format that AT#SSLSECDATA takes. AT#SSLSECCFG sets it until the module restarts.',
    fromServer: 'Get from a server',
    aboutFromServer: 'Get the certificates of a server, and store its root (guide 3.3.1)'
  },

  slot: {
    open: (dataType: number, title: string, content: string) => `Slot ${dataType}, ${title}: ${content}`,
    empty: 'empty',
    aboutEmpty: 'Empty. Drop a file here, or click for more.',
    bytes: (bytes: number) => `${bytes} bytes`,
    used: (bytes: number, capacity: number) => `${bytes} of ${capacity} bytes used`,
    subject: (subject: string) => `Subject ${subject}`,
    issuer: (issuer: string) => `issuer ${issuer}`,
    issuedBy: (issuer: string) => `issued by ${issuer}`,
    sha1: (fingerprint: string) => `SHA-1 ${fingerprint}`,
    rsa: (bits: number) => `RSA ${bits}`,
    stored: 'stored',
    neverShown: 'never shown',
    noDates: 'dates not read',
    storeCommand: (dataType: number) => `AT#SSLSECDATA=1,1,${dataType},SIZE`,
    needed: (authMode: number) => `needed in mode ${authMode}`,
    notNeeded: (authMode: number) => `not needed in mode ${authMode}`,
    notUsed: (authMode: number) => `not used in mode ${authMode}`,
    expired: (date: string) => `expired ${date}`,
    validFrom: (date: string) => `valid from ${date}`,
    validTo: (date: string) => `to ${date}`,
    choose: (name: string) => `Choose a file for the ${name}`,
    save: (name: string) => `Save the ${name}`,
    delete: (name: string) => `Delete the ${name}`,
    file: (dataType: number) => `File for slot ${dataType}`,
    dropToStore: (name: string) => `Store as ${name}`,
    dropToReplace: (name: string) => `Replace the ${name}`
  },

  lifetime: {
    name: (words: string, from: string, to: string) => `${words}: ${from} to ${to}`,
    clock: (date: string) => `clock ${date}`,
    verdicts: {
      valid: 'valid by the module’s clock',
      expired: 'expired by the module’s clock',
      early: 'not yet valid by the module’s clock',
      unknown: 'the module’s clock is not known'
    } satisfies Readonly<Record<Validity['verdict'], string>>
  },

  /** The sheet of one slot. */
  sheet: {
    name: (dataType: number, title: string) => `Slot ${dataType}, ${title}`,
    stored: 'Stored',
    ofCapacity: (capacity: number, format: string | null) => `of ${capacity} B${format === null ? '' : `, ${format}`}`,
    origin: 'Origin',
    preloaded: 'delivered with the module',
    subject: 'Subject',
    issuer: 'Issuer',
    selfIssued: 'itself: a root',
    key: 'Key',
    rsa: (bits: number) => `RSA, ${bits} bit`,
    neverShown: '; never shown, never saved',
    sha1: 'SHA-1',
    copyFingerprint: 'the fingerprint',
    problem: 'Problem',
    choose: 'Choose a file',
    replace: 'Replace with a file',
    file: 'File for this slot',
    fromServer: 'Get from a server',
    save: 'Save',
    delete: 'Delete',
    verdicts: { yes: 'It would work', no: 'It would not work', unknown: 'Not known yet', empty: 'Empty' },
    verdict: (head: string, brief: string) => `${head}: ${brief}`,
    notUsed: ' The present auth mode does not use it.',
    dialOnce: ' After one dial, the certificates of the server are known.'
  },

  preload: {
    set: 'Set preloaded CA',
    aboutSet:
      'Set the CA certificate that the module is delivered with. No AT command can set it; if it is deleted, only this button restores it.',
    file: 'File with the preloaded CA certificate',
    remove: 'Remove preloaded CA',
    setDone: 'Preloaded CA certificate set',
    removed: 'Preloaded CA certificate removed'
  },

  /** The sheet of a file that needs a decision before it can be stored. */
  file: {
    name: (file: string, dataType: number, title: string) => `${file} for slot ${dataType}, ${title}`,
    unchanged: (fault: string) => fault.replace('The stored', 'As it is, the'),
    which: 'Certificate',
    root: (subject: string) => `${subject} (root)`,
    converted: 'Converted',
    asItIs: 'As it is',
    storeConverted: 'Store the converted form',
    storeChosen: 'Store this certificate',
    storing: 'Storing',
    store: 'Store as it is',
    storeAnyway: 'Store anyway',
    storeForTests: 'Bench only: store as it is',
    aboutForTests: 'Bench only: the file is stored byte for byte, and a dial that needs it fails with 837',
    cancel: 'Cancel',
    close: 'Close',
    ofCapacity: (capacity: number) => `of ${capacity}`,
    usable: 'usable',
    rsa: (bits: number) => `RSA ${bits}`,
    dialFails: 'a dial that needs it fails with 837'
  },

  /** The sheet that fetches certificates from a server. */
  server: {
    name: 'CA certificate from a server',
    about:
      'The module needs the root of the server’s chain (guide 3.3.1). This machine, not the module, asks the server, and verifies nothing. Compare the fingerprint with the operator of the server.',
    server: 'Server',
    example: 'www.example.com',
    port: 'Port',
    protocol: 'Protocol',
    protocols: { tls: 'TLS', ftps: 'FTP, AUTH TLS' },
    get: 'Get certificates',
    getting: 'Asking',
    wantsServer: 'Enter a name or an IPv4 address, such as www.example.com.',
    wantsPort: 'Enter a port from 1 to 65535.',
    stored: 'CA certificate from the server stored'
  },

  chain: {
    sent: (source: string, leadsTo: string | null, sent: number, all: number, protocol: string) =>
      `${source}${leadsTo === null ? '' : ` (leads to ${leadsTo})`} sent ${sent} of ${all} certificates, with ${protocol}`,
    tls: { first: 'TLS 1.0', other: (version: string) => `TLS ${version}` },
    rootMissing: 'The root is missing',
    facts: (key: string, signature: string, from: string, to: string) => `${key}, ${signature}, ${from} to ${to}`,
    sha1: (fingerprint: string) => `SHA-1 ${fingerprint}`,
    suggested: 'with this certificate stored, the module verifies the server',
    store: 'Store',
    storeOne: (subject: string) => `Store ${subject}`,
    size: (bytes: number, format: string) => `${bytes} B ${format}`,
    roles: {
      server: 'server',
      intermediate: 'intermediate',
      root: 'root'
    } satisfies Readonly<Record<ChainCertificate['role'], string>>,
    origins: {
      sent: '',
      lab: ', not sent: from the lab',
      stored: ', not sent: from slot 1',
      'known roots': ', not sent: known to this machine'
    } satisfies Readonly<Record<ChainCertificate['origin'], string>>
  },

  done: {
    stored: (title: string) => `${title} stored`,
    deleted: (title: string) => `${title} deleted`,
    tooLarge: (file: string, bytes: number) =>
      `${file} has ${bytes} bytes. That is too much for a certificate or a key.`
  }
} as const
