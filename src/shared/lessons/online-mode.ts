import { stateOf } from '../statecharts/present-state.ts'
import { dialLine, lines, type Lesson, type LessonStep } from './lesson.ts'
import { activateContext, enableSocket, hangUp, verifyNothing } from './prepare.ts'
import { answered, printed, received, sent } from './seen.ts'

// Guide chapter 4.5.1: data in online mode, suspended and resumed.

const talk = (id: string, title: string, text: string, words: string, notice?: LessonStep['notice']): LessonStep => ({
  id,
  title,
  text,
  needs: 'online',
  send: () => ({ kind: 'online', text: words }),
  check: (seen) => {
    const [there, back] = [sent(seen), received(seen)]
    return there !== '' && back !== '' ? `${back.length} bytes came back from the echo, each way encrypted.` : null
  },
  hint: 'What is typed waits until pktSize is reached or txTo is over, five seconds from the factory. Then it leaves as one record.',
  ...(notice ? { notice } : {})
})

const suspend = (id: string, text: string): LessonStep => ({
  id,
  title: 'Suspend the connection',
  text,
  needs: 'online',
  send: () => ({ kind: 'escape' }),
  check: ({ snapshot }) =>
    stateOf(snapshot, 'data') === 'command' && snapshot.ssl.status === 2
      ? 'OK: commands are heard again, and the connection stays open.'
      : null,
  hint: 'A second without a byte, then +++ quickly, then a second without a byte. Enter after it spoils it.'
})

const askState = (id: string, title: string, text: string, status: 1 | 2, said: string): LessonStep => ({
  id,
  title,
  text,
  needs: status === 2 ? 'command' : 'closed',
  send: () => lines('AT#SSLS=1'),
  check: (seen) => (answered(seen, '#SSLS', 'OK') && printed(seen).includes(`#SSLS: 1,${status}`) ? said : null),
  hint: 'The answer is #SSLS: 1,<state>; 0 disabled, 1 closed, 2 open with its suite.'
})

export const onlineMode: Lesson = {
  id: 'online-mode',
  title: 'Talk in online mode',
  chapter: '4.5.1',
  about: 'Dial, send and receive as through a wire, suspend with +++, restore, close.',
  unfit: (profile) =>
    profile.hasSsl ? null : `${profile.product} ${profile.software} has no SSL commands yet; take a newer software.`,
  steps: [
    activateContext,
    enableSocket,
    verifyNothing,
    {
      id: 'dial',
      title: 'Dial, and go online',
      text: 'Mode 0, the last figure, goes online at once: CONNECT comes when the handshake is over, and from there on every byte is data.',
      needs: 'closed',
      send: () => lines(dialLine(0)),
      check: ({ snapshot }) =>
        stateOf(snapshot, 'data') === 'online' && snapshot.ssl.status === 2
          ? `CONNECT, with ${snapshot.ssl.suite?.name ?? 'a suite'}.`
          : null,
      hint: 'The guide’s address leads to the lab’s echo. Without the lab nobody answers there.',
      notice: {
        text: 'Nine messages agreed on a suite and on keys before CONNECT.',
        panel: 'handshake',
        link: 'Handshake'
      }
    },
    talk(
      'talk',
      'Send something',
      'No command any more: type what you like, the server sends it back.',
      'Hello from the module\r',
      {
        text: 'The bar of pktSize fills and that of txTo runs: whichever is full first sends the record.',
        panel: 'timers',
        link: 'Timers'
      }
    ),
    suspend(
      'suspend',
      'Three plus signs, alone, with a second of silence on either side, lead back to commands. They are not sent.'
    ),
    askState(
      'ask',
      'Ask for the state',
      'The connection lives on below: #SSLS tells so, with the number of the suite.',
      2,
      '2 is open; the figure behind it is the suite.'
    ),
    {
      id: 'restore',
      title: 'Restore the connection',
      text: '#SSLO goes online again, on the same connection and with the same keys: no handshake is needed.',
      needs: 'command',
      send: () => lines('AT#SSLO=1'),
      check: ({ snapshot }) =>
        stateOf(snapshot, 'data') === 'online' ? 'CONNECT, and not a single message of a handshake.' : null,
      hint: 'NO CARRIER says that the connection has ended meanwhile: dial again.'
    },
    talk('talk-again', 'Send once more', 'It goes the same way as before.', 'And once more\r'),
    suspend('suspend-again', 'Closing is a command, so online mode has to be left first.'),
    hangUp('close', '#SSLH says goodbye with close_notify, and both sides know that nothing was cut off.'),
    askState(
      'ask-closed',
      'Ask once more',
      'The socket is there still, ready for the next dial.',
      1,
      '1 is closed, and enabled.'
    )
  ]
}
