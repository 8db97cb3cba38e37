import type { Remedy } from './explanation.ts'
import { activateContext, atFarEnd } from './remedies.ts'
import { compared, ownValues, shown, type Builder, type Story } from './story.ts'
import { commandBefore } from './trail.ts'
import { secondsText } from './words.ts'

/** The FTP session (guide chapter 5; the 600-series of the AT reference, chapter 8). */

const openSession: Remedy = { sentence: 'Open a session first.', commands: ['AT#FTPOPEN="<server>:21","<user>","<password>",1'] }
const closeSession: Remedy = { sentence: 'Close the session first.', commands: ['AT#FTPCLOSE'] }
const lastWord: Remedy = { sentence: "See the server's last answer.", commands: ['AT#FTPMSG'] }

export const notConnected: Builder = (story) => ({
  title: 'There is no FTP session',
  happened: [shown(commandBefore(story.source, story.seq, ['#FTPOPEN']) ? 'The last one has ended.' : 'None was opened.')],
  values: [compared('FTP session', 'open', 'none')],
  remedies: [openAgain(story)],
  parts: ['ftp']
})

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
  happened: [shown(story.failure.sentence, story.evidence.expiredTimer)],
  values: ownValues(story, 'name'),
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
      remedies: [lastWord, openAgain(story)],
      parts: ['far-end', 'ftp']
    }
  }
  return {
    title: `The FTP server refused ${reply.asked}: ${reply.code}`,
    happened: [
      shown(`To ${reply.asked} it answered: ${answerText(reply)}`, story.evidence.last('ftp')),
      ...(repliesMean[reply.code] ? [shown(repliesMean[reply.code]!)] : [])
    ],
    values: [compared(`answer to ${reply.asked}`, 'yes (2xx)', answerText(reply))],
    remedies: remediesFor(reply.code, reply.asked),
    parts: ['far-end', 'ftp']
  }
}

/** The first line as the server sent it, which begins with the code. */
const answerText = ({ code, text }: { readonly code: number; readonly text: string }): string => (text.startsWith(`${code}`) ? text : `${code} ${text}`)

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

function remediesFor(code: number, asked: string): Remedy[] {
  if (asked.startsWith('AUTH')) {
    return [
      {
        sentence: 'Use plain FTP, which this server speaks.',
        commands: ['AT#FTPCFG=100,0,0'],
        warning: 'Bench only: user, password and files can be read on the way then.'
      },
      atFarEnd('Let the server take AUTH TLS.')
    ]
  }
  if (code === 530)
    return [{ ...openSession, sentence: 'Give user and password that the server knows.' }, atFarEnd('Let the server know the user.')]
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

export const dataSocketClosed: Builder = (story) => ({
  title: 'No transfer in command mode is under way',
  happened: [shown(story.failure.sentence)],
  values: [compared('transfer', 'one in command mode', 'none')],
  remedies: [
    { sentence: 'Begin one: a download, or an upload.', commands: ['AT#FTPGETPKT="<file>"'] },
    { sentence: 'For an upload:', commands: ['AT#FTPPUT="<file>",1'] }
  ],
  parts: ['ftp']
})

export const generic: Builder = (story) => ({
  title: 'The FTP command failed',
  happened: [shown(story.failure.sentence, story.evidence.last('ftp') ?? story.evidence.last('tcp'))],
  values: ownValues(story, 'FTP'),
  remedies: [lastWord, openAgain(story)],
  parts: ['ftp', 'far-end']
})

/** User and password are not kept anywhere: only the server is known. */
function openAgain({ source, seq }: Story): Remedy {
  const last = commandBefore(source, seq, ['#FTPOPEN'])
  const server = last?.what.kind === 'command' ? /^#FTPOPEN=\s*"?([^",]+)/i.exec(last.what.text)?.[1] : undefined
  return server ? { sentence: 'Open a session first.', commands: [`AT#FTPOPEN="${server}","<user>","<password>",1`] } : openSession
}
