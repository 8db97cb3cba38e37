import { picocomLine } from '../../../src/shared/hardware/terminal-programs.ts'
import { scriptFile, type Leave, type ScriptRecipe, type TerminalRecipe } from './recipe.ts'
import { certificateSession, commandModeSession } from './sessions.ts'

export const leaveScreen: Leave = {
  keys: ['C-a', 'k'],
  question: { text: 'Really kill this window', key: 'y' },
  words: '<kbd>Ctrl-A</kbd> <kbd>K</kbd> <kbd>Y</kbd> leaves.'
}

/** Recipes for interactive programs. */
export const terminalRecipes: readonly TerminalRecipe[] = [
  {
    name: 'picocom',
    title: 'picocom',
    install: 'Debian: `apt-get install picocom`.',
    intro: ['The smallest terminal program that does everything needed here.'],
    files: [],
    command: picocomLine('LINK'),
    sessions: [commandModeSession],
    leave: {
      keys: ['C-a', 'C-x'],
      words:
        '<kbd>Ctrl-A</kbd> <kbd>Ctrl-X</kbd> leaves. The module keeps running; a program can open and close the port at any time.'
    }
  },
  {
    name: 'minicom',
    title: 'minicom',
    install: 'Debian: `apt-get install minicom`.',
    intro: [
      'Flow control must be off: a pseudo terminal has no control lines. The init string below is minicom\'s own; the module understands all of it. The status line says "Offline", ' +
        'because there is no carrier-detect line either.'
    ],
    files: [{ ...scriptFile('minirc.dfl', ''), path: '~/.minirc.dfl' }],
    command: 'minicom -D LINK -b 115200',
    sessions: [commandModeSession, certificateSession],
    leave: {
      keys: ['C-a', 'x'],
      question: { text: 'Leave Minicom?', key: 'Enter' },
      words: '<kbd>Ctrl-A</kbd> <kbd>X</kbd> <kbd>Enter</kbd> leaves.'
    }
  },
  {
    name: 'tio',
    title: 'tio',
    install: 'Debian: `apt-get install tio`.',
    intro: [
      'tio waits for a port that is not there yet and opens it again when it comes back, so it can stay open while the simulator restarts.'
    ],
    files: [],
    command: 'tio -b 115200 LINK',
    sessions: [commandModeSession],
    leave: { keys: ['C-t', 'q'], words: '<kbd>Ctrl-T</kbd> <kbd>Q</kbd> leaves.' }
  },
  {
    name: 'screen',
    title: 'GNU screen',
    install: 'Debian: `apt-get install screen`.',
    intro: [
      'screen opens the terminal exclusively (TIOCEXCL) and never gives that up. When screen leaves, the simulator creates a new pseudo terminal and points the link at it: always open the link, ' +
        'never `/dev/pts/N`, and run the simulator as an ordinary user.'
    ],
    files: [],
    command: 'screen LINK 115200',
    sessions: [commandModeSession],
    leave: leaveScreen
  }
]

/** Recipes for programs without interaction. */
export const scriptRecipes = {
  pyserial: {
    name: 'pyserial',
    title: 'Python (pyserial)',
    install: 'Debian: `apt-get install python3-serial`; elsewhere `pip install pyserial`.',
    intro: [
      'Flow-control options are accepted but have no effect. Reading `cts`, `dsr`, `cd` or `ri`, and assigning to `dtr` or `rts`, fails with OSError 25: ' +
        'a pseudo terminal has no control lines.'
    ],
    files: [scriptFile('example.py', 'python')],
    command: '/usr/bin/python3 example.py LINK',
    prints: [
      "AT#SGACT=1,1 ['#SGACT:', '…', 'OK']",
      "AT#SSLRECV=1,15 ['#SSLRECV:', '15', 'Response', 'of', 'the', 'OK']",
      "AT#SSLRECV=1,15 ['#SSLRECV:', '8', 'server!', 'OK']",
      "AT#SSLH=1 ['OK']"
    ]
  },
  serialport: {
    name: 'serialport',
    title: 'Node.js (serialport)',
    install: '`npm install serialport`.',
    intro: [
      'Opening, writing, draining and changing the baud rate work as on hardware. `get()` and `set()` fail: a pseudo terminal has no control lines.'
    ],
    files: [scriptFile('example.mjs', 'js')],
    command: 'node example.mjs LINK',
    prints: [
      'AT#SGACT=1,1 #SGACT: … OK',
      'AT#SSLRECV=1,15 #SSLRECV: 15 Response of the OK',
      'AT#SSLRECV=1,15 #SSLRECV: 8 server! OK',
      'AT#SSLH=1 OK'
    ]
  },
  chat: {
    name: 'chat',
    title: 'chat (ppp)',
    install: 'Debian: `apt-get install ppp`.',
    intro: [
      "The dialling script program of pppd, here used to run the guide's example 4.5.2 from a shell. Status 0 means that every expected answer came."
    ],
    files: [scriptFile('example.chat', '')],
    command: '/usr/sbin/chat -s -v -f example.chat < LINK > LINK',
    prints: ['expect (Response of the server!)', ' -- got it', 'send (AT#SSLH=1^M)', 'expect (OK)', ' -- got it']
  },
  gammu: {
    name: 'gammu',
    title: 'gammu',
    install: 'Debian: `apt-get install gammu`.',
    intro: [
      'gammu identifies the modem and has no SSL functions. Like screen, it opens the terminal exclusively and never gives that up: open the link, never `/dev/pts/N`, ' +
        'and run the simulator as an ordinary user. It may end with status 4, because it looks for more data than this module provides.'
    ],
    files: [scriptFile('gammurc', 'ini')],
    command: 'gammu -c gammurc --identify',
    prints: [
      'Manufacturer         : Telit',
      'Model                : HE910 …',
      'Firmware             : …',
      'IMEI                 : …',
      'SIM IMSI             : …'
    ]
  }
} satisfies Record<string, ScriptRecipe>
