import type { Remedy } from './explanation.ts'
import { activateContext, atFarEnd } from './remedies.ts'
import { ftpConfig, ftpsSetting } from './ftp-config.ts'
import { compared, ownValues, shown, type Builder, type Story } from './story.ts'
import { commandBefore } from './trail.ts'
import { secondsText } from './words.ts'

/** The FTP session (guide chapter 5; the 600-series of the AT reference, chapter 8). */

const openSession: Remedy = { sentence: 'Open a session first.', commands: ['AT#FTPOPEN="<server>:21","<user>","<password>",1'] }
const closeSession: Remedy = { sentence: 'Close the session first.', commands: ['AT#FTPCLOSE'] }
const lastWord: Remedy = { sentence: "See the server's last answer.", commands: ['AT#FTPMSG'] }

export const notConnected: Builder = (story) => {
  const last = lastOpen(story)
  const told = !last ? shown('None was opened.') : last.worked ? shown('The last one has ended.', last.seq) : shown('The last #FTPOPEN failed, so there never was one.', last.seq)
  return {
    title: 'There is no FTP session',
    happened: [told],
    values: [compared('FTP session', 'open', 'none')],
    remedies:
      story.command?.name === '#FTPCLOSE'
        ? [{ sentence: 'Nothing has to be done: there is nothing to close.', commands: [] }]
        : [openAgain(story, 'Open a session first.')],
    parts: ['ftp']
  }
}

export const connectedAlready: Builder = (story) => ({
  title: `The FTP session with ${story.fact('far-end')?.name ?? 'a server'} is open`,
  happened: [shown('There is one FTP session at a time.')],
  values: [compared('FTP session', 'none', 'open')],
  remedies: [closeSession],
  parts: ['ftp']
})

export const usedByOther: Builder = (story) => {
  const owner = story.fact('owner')?.instance ?? 0
  return {
    title: `AT instance ${owner} has the FTP session`,
    happened: [shown('Whoever opened the session has it alone until it is closed.')],
    values: [compared('AT instance', `${owner}`, `${story.instance ?? 0}`)],
    remedies: [{ ...closeSession, sentence: `Close it on instance ${owner}.`, instances: [owner] }],
    parts: ['at', 'ftp']
  }
}

export const contextDown: Builder = () => ({
  title: 'PDP context 1 is not active',
  happened: [shown('FTP goes over context 1 as the SSL socket does.')],
  values: [compared('context 1', 'active', 'not active')],
  remedies: [activateContext()],
  parts: ['pdp', 'ftp']
})

export const cannotResolve: Builder = (story) => ({
  title: 'No address is known for the FTP server',
  happened: [
    shown(story.failure.sentence, story.evidence.expiredTimer ?? story.evidence.last('dns')),
    shown('Names are looked up as on the machine that the simulator runs on.')
  ],
  values: [compared('name', 'one that resolves', serverOf(story.command?.text) ?? null)],
  remedies: [atFarEnd('Give its address instead of the name, or mend the name.')],
  parts: ['network', 'ftp']
})

export const cannotConnect: Builder = (story) => ({
  title: 'The FTP server cannot be reached',
  happened: [shown(story.failure.sentence, story.evidence.last('tcp') ?? story.evidence.expiredTimer)],
  values: [compared('control connection', 'open', 'none')],
  remedies: [atFarEnd('Start the server, or see whether address and port are right (21, also with FTPS).')],
  parts: ['far-end', 'network', 'ftp']
})

export const badResponse: Builder = (story) => {
  const reply = story.fact('reply')
  const timer = story.fact('timer')
  if (timer) return noAnswer(story)
  if (!reply) {
    return {
      title: 'The FTP server broke off',
      happened: [shown(story.failure.sentence, story.evidence.last('ftp') ?? story.evidence.last('tcp'))],
      values: ownValues(story, 'answer'),
      remedies: [lastWord, openAgain(story, 'Open the session again.')],
      parts: ['far-end', 'ftp']
    }
  }
  return {
    title: `The FTP server refused ${reply.asked}: ${reply.code}`,
    happened: [
      shown(`To ${reply.asked} it answered: ${answerText(reply)}`, story.evidence.last('ftp')),
      ...(repliesMean[reply.code] ? [shown(repliesMean[reply.code]!)] : [])
    ],
    values: [compared(`answer to ${reply.asked}`, wantedReply(reply.asked), answerText(reply))],
    remedies: remediesFor(story, reply.code, reply.asked),
    parts: ['far-end', 'ftp']
  }
}

/** The first line as the server sent it, which begins with the code. */
const answerText = ({ code, text }: { readonly code: number; readonly text: string }): string => (text.startsWith(`${code}`) ? text : `${code} ${text}`)

/** The first digit that goes on (RFC 959 5.4). */
function wantedReply(asked: string): string {
  if (/^(RETR|STOR|APPE|LIST)\b/.test(asked)) return 'yes (1xx, then 2xx)'
  return /^(USER|REST)\b/.test(asked) ? 'yes (2xx or 3xx)' : 'yes (2xx)'
}

/** RFC 959 4.2.1, in what it means for a host. */
const repliesMean: Readonly<Record<number, string>> = {
  530: 'User and password do not let anybody in, or it wants TLS before them.',
  534: 'It does not take TLS as the module offers it.',
  550: 'There is no such file or folder, or the user may not touch it.',
  552: 'There is no room left for this user.',
  553: 'A file of this name cannot be made.',
  421: 'It ends the session: too long idle, or too many guests.',
  500: 'It does not know this command.',
  502: 'It does not have this command.',
  504: 'It does not have this variant of the command.'
}

function remediesFor(story: Story, code: number, asked: string): Remedy[] {
  if (asked.startsWith('AUTH')) {
    return [
      {
        sentence: 'Use plain FTP, which this server speaks.',
        commands: [ftpConfig(story, { ftps: 0 })],
        warning: 'Bench only: user, password and files can be read on the way then.'
      },
      atFarEnd('Let the server take AUTH TLS.')
    ]
  }
  if (code === 530) {
    const known = [openAgain(story, 'Give user and password that the server knows.'), atFarEnd('Let the server know the user.')]
    const tls = { sentence: 'Turn TLS on for FTP, then open the session again.', commands: [ftpConfig(story, { ftps: 1 }), ...openAgain(story, '').commands] }
    // Refused before a password was asked for, in plain text: it is TLS that is missing, most of all.
    return ftpsSetting(story) === 1 ? known : asked.startsWith('USER') ? [tls, ...known] : [...known, tls]
  }
  if (code === 550 || code === 553)
    return [{ sentence: 'See where the session stands and what is there.', commands: ['AT#FTPPWD', 'AT#FTPLIST'] }, lastWord]
  return [lastWord, atFarEnd("Look into the server's log.")]
}

function noAnswer(story: Story): ReturnType<Builder> {
  const { limitMs } = story.fact('timer')!
  const longer = Math.min(5000, Math.ceil((3 * limitMs) / 100))
  return {
    title: `The FTP server did not answer in ${secondsText(limitMs)}`,
    happened: [shown(story.failure.sentence, story.evidence.expiredTimer)],
    values: [compared('answer', `within ${secondsText(limitMs)}`, 'none')],
    picture: { kind: 'timer', name: 'ftp', limitMs, elapsedMs: limitMs },
    remedies: [
      { sentence: `Wait longer: ${secondsText(longer * 100)}.`, commands: [`AT#FTPTO=${longer}`] },
      atFarEnd('See why the server is silent.')
    ],
    parts: ['far-end', 'ftp']
  }
}

export const wrongState: Builder = (story) => ({
  title: 'The FTP session cannot do this now',
  happened: [shown(story.failure.sentence)],
  values: ownValues(story, 'FTP session'),
  remedies: [{ sentence: 'Wait for the end of what is under way, or close the session.', commands: ['AT#FTPCLOSE'] }],
  parts: ['ftp']
})

export const dataSocketOpen: Builder = (story) => ({
  title: 'A transfer is under way',
  happened: [
    shown(
      'One file at a time: the one begun in command mode has not ended.',
      commandBefore(story.source, story.seq, ['#FTPGETPKT', '#FTPPUT', '#FTPAPP'])?.seq ?? null
    )
  ],
  values: [compared('transfer', 'none', 'one in command mode')],
  remedies: [
    { sentence: 'Read a download to its end, or finish an upload with #FTPAPPEXT=…,1.', commands: ['AT#FTPRECV=1000'] },
    closeSession
  ],
  parts: ['ftp']
})

export const dataSocketClosed: Builder = (story) => {
  const upload = story.command?.name === '#FTPAPPEXT'
  const what = upload ? 'upload' : 'download'
  return {
    title: `No ${what} in command mode is under way`,
    happened: [shown(story.failure.sentence)],
    values: [compared(what, 'one in command mode', 'none')],
    remedies: [
      upload
        ? { sentence: 'Begin one: to a new file, or with #FTPAPP to the end of one.', commands: ['AT#FTPPUT="<file>",1'] }
        : { sentence: 'Begin one.', commands: ['AT#FTPGETPKT="<file>"'] }
    ],
    parts: ['ftp']
  }
}

export const generic: Builder = (story) => ({
  title: 'The FTP command failed',
  happened: [shown(story.failure.sentence, story.evidence.last('ftp') ?? story.evidence.last('tcp'))],
  values: ownValues(story, 'FTP'),
  remedies: [lastWord, openAgain(story, 'Open the session again.')],
  parts: ['ftp', 'far-end']
})

/** User and password are not kept anywhere: only the server is known, and the mode. */
function openAgain(story: Story, sentence: string): Remedy {
  const event = lastOpen(story)
  const server = serverOf(event?.text)
  const mode = /,\s*([01])\s*$/.exec(event?.text ?? '')?.[1] ?? '1'
  const pdp = story.snapshot.charts.find(({ id }) => id === 'pdp')?.state
  const open = server ? `AT#FTPOPEN="${server}","<user>","<password>",${mode}` : openSession.commands[0]!
  return { sentence, commands: [...(pdp === 'active' ? [] : activateContext().commands), open] }
}

/** The last `#FTPOPEN`, this one included, and whether it worked. */
function lastOpen({ source, seq, command }: Story): { readonly seq: number; readonly text: string; readonly worked: boolean } | null {
  const event = command?.name === '#FTPOPEN' ? source.at(command.seq) : commandBefore(source, seq, ['#FTPOPEN'])
  if (event?.what.kind !== 'command') return null
  const result = source.effects(event.seq, OPEN_EFFECTS).findLast(({ what }) => what.kind === 'result')
  return { seq: event.seq, text: event.what.text, worked: result?.what.kind === 'result' && result.what.failure === null }
}

function serverOf(text: string | undefined): string | undefined {
  return /^#FTPOPEN=\s*"?([^",]+)/i.exec(text ?? '')?.[1]
}

/** Everything between `#FTPOPEN` and its answer, a handshake included. */
const OPEN_EFFECTS = 400
