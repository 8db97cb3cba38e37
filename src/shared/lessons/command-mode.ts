import { lines, type Lesson, type LessonStep } from './lesson.ts'
import { activateContext, dialInCommandMode, enableSocket, hangUp, verifyNothing } from './prepare.ts'
import { answered, commandText, printed } from './seen.ts'

// Guide chapter 4.5.2: data with #SSLSEND and #SSLRECV in command mode.

const SAID = 'Send this string to the SSL server!'
const READ_BYTES = 15

const read = (
  id: string,
  times: number,
  title: string,
  text: string,
  hint: string,
  left: (heldBytes: number) => boolean
): LessonStep => ({
  id,
  title,
  text,
  needs: 'command',
  send: () => lines(...Array.from({ length: times }, () => `AT#SSLRECV=1,${READ_BYTES}`)),
  check: (seen) => {
    if (!answered(seen, '#SSLRECV', 'OK')) return null
    const counts = [...printed(seen).matchAll(/#SSLRECV: (\d+)/g)].map(([, count]) => Number(count))
    const got = counts.at(-1) ?? 0
    const { heldBytes } = seen.snapshot.ssl
    if (got === 0 || !left(heldBytes)) return null
    return `${got} bytes were handed over${heldBytes > 0 ? `, ${heldBytes} are still held` : ', nothing is held any more'}.`
  },
  hint
})

export const commandMode: Lesson = {
  id: 'command-mode',
  title: 'Talk in command mode',
  chapter: '4.5.2',
  about: 'Dial and stay with commands; send with a prompt, read what has come, in portions.',
  unfit: (profile) =>
    profile.hasSsl ? null : `${profile.product} ${profile.software} has no SSL commands yet; take a newer software.`,
  steps: [
    activateContext,
    enableSocket,
    verifyNothing,
    dialInCommandMode(
      'dial',
      'Dial, and stay with commands',
      'Mode 1, the last figure: the answer is OK instead of CONNECT, and the port stays free for commands.'
    ),
    {
      id: 'ask',
      title: 'Ask for the state',
      text: 'Open is open, in whichever mode: #SSLS answers 2.',
      needs: 'command',
      send: () => lines('AT#SSLS=1'),
      check: (seen) =>
        answered(seen, '#SSLS', 'OK') && printed(seen).includes('#SSLS: 1,2')
          ? '2 is open; the figure behind it is the suite.'
          : null,
      hint: 'The answer is #SSLS: 1,<state>,<suite>.',
      notice: { text: 'Suite, server and the bytes each way stand here.', panel: 'socket', link: 'SSL socket' }
    },
    {
      id: 'send',
      title: 'Send a text',
      text: 'The module gives the prompt > and takes what follows, until Ctrl-Z sends it as one record.',
      needs: 'command',
      send: () => ({ kind: 'entry', line: 'AT#SSLSEND=1', text: SAID }),
      check: (seen) =>
        answered(seen, '#SSLSEND', 'OK') && commandText(seen, '#SSLSEND') !== null && seen.snapshot.ssl.sentBytes > 0
          ? `OK: ${seen.snapshot.ssl.sentBytes} bytes have been sent over this connection.`
          : null,
      hint: 'No answer? The prompt still waits: Ctrl-Z ends the text, ESC leaves without sending.',
      notice: { text: 'What is held for #SSLRECV is counted here.', panel: 'socket', link: 'SSL socket' }
    },
    read(
      'read',
      1,
      `Read ${READ_BYTES} bytes`,
      'The echo has answered, and in command mode the module holds what came until it is asked. #SSLRECV hands over so many at most.',
      'TIMEOUT says that nothing has come yet: send again, then read.',
      () => true
    ),
    read(
      'read-rest',
      2,
      'Read the rest',
      'The same command again, until nothing is held.',
      'Each #SSLRECV takes the next portion; three of 15 bytes make up what was sent.',
      (heldBytes) => heldBytes === 0
    ),
    {
      ...hangUp(
        'close',
        'All is read; #SSLH closes. Had the server closed first, NO CARRIER would have come after the last byte.'
      ),
      notice: { text: 'The last record each way is close_notify.', panel: 'timeline', link: 'Timeline' }
    }
  ]
}
