import type { Snapshot } from '../calls/snapshot.ts'
import type { Remedy } from './explanation.ts'
import { ftpConfig } from './ftp-config.ts'
import { hadTls, lastOpening, serverOf } from './ftp-open.ts'
import { struck } from './on-purpose.ts'
import { activateContext, atFarEnd, openFtpAgain } from './remedies.ts'
import { compared, ownValues, shown, type Builder, type Story } from './story.ts'
import { commandBefore, seesAllBefore } from './trail.ts'
import { secondsText } from './words.ts'

// The FTP session (guide chapter 5; the 600-series of the AT reference, chapter 8).

const closeSession: Remedy = { sentence: 'Close the session first.', commands: ['AT#FTPCLOSE'] }
const lastWord: Remedy = { sentence: "See the server's last answer.", commands: ['AT#FTPMSG'] }

export const notConnected: Builder = (story) => {
  return {
    title: 'There is no FTP session',
    happened: [lastSession(story)],
    values: [compared('FTP session', 'open', 'none')],
    remedies: (now) =>
      story.command?.name === '#FTPCLOSE'
        ? [{ sentence: 'Nothing needs to be done: there is nothing to close.', commands: [] }]
        : [openFtpAgain(story, now, 'Open a session first.')],
    parts: ['ftp']
  }
}

function lastSession(story: Story): ReturnType<typeof shown> {
  const last = lastOpening(story)
  if (last)
    return shown(
      last.worked ? 'The last session has ended.' : 'The last #FTPOPEN failed, so there was no session.',
      last.seq
    )
  return shown(seesAllBefore(story.source, story.seq) ? 'No session was opened.' : 'The command needs an open session.')
}

export const connectedAlready: Builder = (story) => ({
  title: `The FTP session with ${story.fact('far-end')?.name ?? 'a server'} is open`,
  happened: [shown('Only one FTP session can be open at a time.')],
  values: [compared('FTP session', 'none', 'open')],
  remedies: () => [closeSession],
  parts: ['ftp']
})

export const usedByOther: Builder = (story) => {
  const owner = story.fact('owner')?.instance ?? 0
  return {
    title: `AT instance ${owner} has the FTP session`,
    happened: [shown('Only the instance that opened the session can use it, until it is closed.')],
    values: [compared('AT instance', `${owner}`, `${story.instance ?? 0}`)],
    remedies: () => [{ ...closeSession, sentence: `Close it on instance ${owner}.`, instances: [owner] }],
    parts: ['at', 'ftp']
  }
}

export const contextDown: Builder = () => ({
  title: 'PDP context 1 is not active',
  happened: [shown('FTP uses context 1, as the SSL socket does.')],
  values: [compared('context 1', 'active', 'not active')],
  remedies: () => [activateContext()],
  parts: ['pdp', 'ftp']
})

export const cannotResolve: Builder = (story) => ({
  title: 'No address is known for the FTP server',
  happened: [
    shown(story.failure.sentence, story.evidence.expiredTimer ?? story.evidence.last('dns')),
    shown('The simulator resolves names in the same way as the machine on which it runs.')
  ],
  values: [compared('name', 'one that resolves', serverOf(story.command?.text) ?? null)],
  remedies: () => [atFarEnd('Use the address instead of the name, or correct the name.')],
  parts: ['network', 'ftp']
})

export const cannotConnect: Builder = (story) => ({
  title: 'The FTP server cannot be reached',
  happened: [shown(story.failure.sentence, story.evidence.last('tcp') ?? story.evidence.expiredTimer)],
  values: [compared('control connection', 'open', 'none')],
  remedies: () => [
    atFarEnd(
      struck(story)
        ? 'Clear the fault if it is still armed.'
        : 'Start the server, or check the address and port (21, also with FTPS).'
    )
  ],
  parts: ['far-end', 'network', 'ftp']
})

export const badResponse: Builder = (story) => {
  const reply = story.fact('reply')
  const timer = story.fact('timer')
  if (timer) return noAnswer(story)
  if (!reply) {
    return {
      title: 'The FTP server ended the session',
      happened: [shown(story.failure.sentence, story.evidence.last('ftp') ?? story.evidence.last('tcp'))],
      values: ownValues(story, 'answer'),
      remedies: (now) => [lastWord, openFtpAgain(story, now, 'Open the session again.')],
      parts: ['far-end', 'ftp']
    }
  }
  return {
    title: `The FTP server refused ${reply.asked}: ${reply.code}`,
    happened: [
      shown(`To ${reply.asked} it answered: ${answerText(reply)}`, story.evidence.last('ftp')),
      ...meaningOf(story, reply).map((sentence) => shown(sentence))
    ],
    values: [compared(`answer to ${reply.asked}`, wantedReply(reply.asked), answerText(reply))],
    remedies: (now) => remediesFor(story, now, reply),
    parts: ['far-end', 'ftp']
  }
}

/** Returns the first line of a reply with its code. */
const answerText = ({ code, text }: { readonly code: number; readonly text: string }): string =>
  text.startsWith(`${code}`) ? text : `${code} ${text}`

/** The expected first digit of the reply (RFC 959 5.4). */
function wantedReply(asked: string): string {
  if (/^(RETR|STOR|APPE|LIST)\b/.test(asked)) return 'acceptance (1xx, then 2xx)'
  return /^(USER|REST)\b/.test(asked) ? 'acceptance (2xx or 3xx)' : 'acceptance (2xx)'
}

interface Reply {
  readonly asked: string
  readonly code: number
}

/** Returns what a reply means for a host, without meanings that the session so far excludes. */
function meaningOf(story: Story, { asked, code }: Reply): string[] {
  const opening = story.command?.name === '#FTPOPEN'
  if (code === 530) {
    const who = asked.startsWith('USER') ? 'It rejects this user' : 'It rejects user and password'
    return [hadTls(story) ? `${who}.` : `${who}, or it requires TLS before the login.`]
  }
  if (code === 421)
    return [
      opening
        ? 'It accepts no session now: it has too many clients, or it is shutting down.'
        : 'It ends the session: the session was idle for too long, or the server is shutting down.'
    ]
  return repliesMean[code] === undefined ? [] : [repliesMean[code]]
}

/** What replies mean for a host (RFC 959 4.2.1). */
const repliesMean: Readonly<Record<number, string>> = {
  534: 'It does not accept TLS as the module offers it.',
  550: 'There is no such file or folder, or the user has no access to it.',
  552: 'The storage quota of this user is used up.',
  553: 'A file with this name cannot be created.',
  500: 'It does not know this command.',
  502: 'It does not have this command.',
  504: 'It does not have this variant of the command.'
}

function remediesFor(story: Story, now: Snapshot, { code, asked }: Reply): Remedy[] {
  if (asked.startsWith('AUTH')) {
    return [
      {
        sentence: 'Use plain FTP, which this server supports.',
        commands: [ftpConfig(story, { ftps: 0 })],
        warning: 'Bench only: user, password and files can then be read in transit.'
      },
      atFarEnd('Configure the server to accept AUTH TLS.')
    ]
  }
  if (code === 530) {
    const known = [
      openFtpAgain(story, now, 'Use a user and password that the server knows.'),
      atFarEnd('Add the user on the server.')
    ]
    const tls = {
      sentence: 'Turn TLS on for FTP, then open the session again.',
      commands: [ftpConfig(story, { ftps: 1 }), ...openFtpAgain(story, now, '').commands]
    }
    // Refused before the password, in plain text: most probably the server demands TLS.
    return hadTls(story) ? known : asked.startsWith('USER') ? [tls, ...known] : [...known, tls]
  }
  if (code === 550 || code === 553)
    return [
      { sentence: 'Check the working directory and list its files.', commands: ['AT#FTPPWD', 'AT#FTPLIST'] },
      lastWord
    ]
  return [lastWord, atFarEnd("See the server's log.")]
}

function noAnswer(story: Story): ReturnType<Builder> {
  const { limitMs } = story.fact('timer')!
  const longer = Math.min(5000, Math.ceil((3 * limitMs) / 100))
  return {
    title: `The FTP server did not answer in ${secondsText(limitMs)}`,
    happened: [shown(story.failure.sentence, story.evidence.expiredTimer)],
    values: [compared('answer', `within ${secondsText(limitMs)}`, 'none')],
    picture: { kind: 'timer', name: 'ftp', limitMs, elapsedMs: limitMs },
    remedies: () => [
      ...(longer * 100 > limitMs
        ? [{ sentence: `Wait longer: ${secondsText(longer * 100)}.`, commands: [`AT#FTPTO=${longer}`] }]
        : []),
      atFarEnd('Find out why the server is silent.')
    ],
    parts: ['far-end', 'ftp']
  }
}

export const wrongState: Builder = (story) => ({
  title: 'The FTP session cannot do this now',
  happened: [shown(story.failure.sentence)],
  values: ownValues(story, 'FTP session'),
  remedies: () => [
    { sentence: 'Wait until the current operation ends, or close the session.', commands: ['AT#FTPCLOSE'] }
  ],
  parts: ['ftp']
})

export const dataSocketOpen: Builder = (story) => {
  const begun = commandBefore(story.source, story.seq, ['#FTPGETPKT', '#FTPPUT', '#FTPAPP'])
  const name = begun?.what.kind === 'command' ? begun.what.name : null
  return {
    title: 'A transfer is under way',
    happened: [
      shown('Only one transfer can run at a time, and the one begun in command mode has not ended.', begun?.seq ?? null)
    ],
    values: [compared('transfer', 'none', 'one in command mode')],
    remedies: () => [
      ...(name === null || name === '#FTPGETPKT'
        ? [{ sentence: 'Read the download to its end.', commands: ['AT#FTPRECV=1000'] }]
        : []),
      ...(name === null || name !== '#FTPGETPKT'
        ? [{ sentence: 'Finish the upload with its last part.', commands: ['AT#FTPAPPEXT=<size>,1'] }]
        : []),
      closeSession
    ],
    parts: ['ftp']
  }
}

export const dataSocketClosed: Builder = (story) => {
  const upload = story.command?.name === '#FTPAPPEXT'
  const what = upload ? 'upload' : 'download'
  return {
    title: `No ${what} in command mode is under way`,
    happened: [shown(story.failure.sentence)],
    values: [compared(what, 'one in command mode', 'none')],
    remedies: () => [
      upload
        ? {
            sentence: 'Begin one: to a new file, or with #FTPAPP to the end of one.',
            commands: ['AT#FTPPUT="<file>",1']
          }
        : { sentence: 'Begin one.', commands: ['AT#FTPGETPKT="<file>"'] }
    ],
    parts: ['ftp']
  }
}

export const generic: Builder = (story) => ({
  title: 'The FTP command failed',
  happened: [shown(story.failure.sentence, story.evidence.last('ftp') ?? story.evidence.last('tcp'))],
  values: ownValues(story, 'FTP'),
  remedies: (now) => [lastWord, openFtpAgain(story, now, 'Open the session again.')],
  parts: ['ftp', 'far-end']
})
