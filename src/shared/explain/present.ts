import type { Snapshot } from '../calls/snapshot.ts'
import { stateOf } from '../statecharts/present-state.ts'
import type { EventSource } from '../timeline/source.ts'
import type { PresentQuestion } from './explanation.ts'
import { towardsNetwork } from './network.ts'
import { questionOfConnection } from './present-connection.ts'
import { activateContext, beforeDial, CTRL_Z, enableSsl } from './remedies.ts'
import { givePin, givePuk } from './sim.ts'
import { compared } from './story.ts'
import { commandBefore } from './trail.ts'
import { questionOfEscape, questionOfLine } from './warnings.ts'

/**
 * Returns the question of the moment when nothing has failed: what the module waits for, or the first obstacle to a
 * connection. `source` allows it to name the waiting command. `null` when there is no question.
 */
export function present(snapshot: Snapshot, source: EventSource | null = null): PresentQuestion | null {
  return (
    ofPower(snapshot) ??
    ofPrompt(snapshot, source) ??
    questionOfLine(snapshot, source) ??
    questionOfEscape(snapshot, source) ??
    questionOfConnection(snapshot) ??
    ofPort(snapshot) ??
    ofSim(snapshot) ??
    ofNetwork(snapshot) ??
    ofContext(snapshot) ??
    ofSocket(snapshot)
  )
}

function ofPower(snapshot: Snapshot): PresentQuestion | null {
  const state = stateOf(snapshot, 'power')
  const base = { values: [], picture: null, parts: ['power'] as const }
  if (!snapshot.supply.on) {
    return {
      ...base,
      id: 'no-supply',
      title: 'Why does the module not answer?',
      answer: ['Its power supply is unplugged, so the keys have no effect.'],
      remedies: [{ sentence: 'Plug it in, then hold the ON key.', commands: [], act: 'plug-in' }]
    }
  }
  if (state === 'off') {
    return {
      ...base,
      id: 'module-off',
      title: 'Why does the module not answer?',
      answer: ['It is off: everything typed is lost, and only the ON key starts the module.'],
      remedies: [{ sentence: 'Hold the ON key for a second.', commands: [], act: 'press-on' }]
    }
  }
  if (state !== 'booting') return null
  return {
    ...base,
    id: 'booting',
    title: 'Why does the module not answer yet?',
    answer: ['It is booting. It reads commands once it is ready, and does not announce that.'],
    remedies: []
  }
}

/** Waiting for Ctrl-Z: every line typed is data. */
function ofPrompt(snapshot: Snapshot, source: EventSource | null): PresentQuestion | null {
  if (stateOf(snapshot, 'data') !== 'entry') return null
  const command =
    source && commandBefore(source, source.nextSeq, ['#SSLSECDATA', '#SSLSEND', '#SSLSENDEXT', '#FTPAPPEXT'])
  const { name, text } = command?.what.kind === 'command' ? command.what : { name: 'A command', text: '' }
  const counted =
    name === '#SSLSENDEXT' || name === '#FTPAPPEXT' || (name === '#SSLSECDATA' && snapshot.ssl.certificateFormat === 0)
  const size = /,(\d+)(?:,\d+)?$/.exec(text)?.[1]
  return {
    id: 'prompt-waits',
    title: `Why does the module not answer${command ? ` after AT${name}` : ''}?`,
    answer: [
      'It sent the > prompt and reads every byte as data until the entry ends. A command typed now becomes part of the data.',
      counted
        ? `This entry ends by itself after ${size ?? 'all'} bytes; no byte ends it sooner.`
        : 'Ctrl-Z (0x1A) ends the entry; ESC cancels it.'
    ],
    values: [compared('end of the entry', counted ? `${size ?? 'all'} bytes` : 'Ctrl-Z', 'not yet')],
    picture: null,
    remedies: counted
      ? [{ sentence: `Send the rest of the ${size ?? ''} bytes.`, commands: [] }]
      : [
          { sentence: 'End the entry with Ctrl-Z.', commands: [], entry: CTRL_Z },
          { sentence: 'Cancel it with ESC: nothing is sent or stored.', commands: [], entry: '\x1b' }
        ],
    parts: ['at']
  }
}

/** At the start: no client has opened the port, and nothing was typed. */
function ofPort(snapshot: Snapshot): PresentQuestion | null {
  const { ports, charts } = snapshot
  const untouched =
    charts.find(({ id }) => id === 'data')?.last?.event === 'POWERED' &&
    stateOf(snapshot, 'ssl') === 'disabled' &&
    stateOf(snapshot, 'pdp') !== 'active'
  if (ports.length === 0 || ports.some(({ clientPresent }) => clientPresent) || !untouched) return null
  return {
    id: 'nobody-at-port',
    title: 'Why does nothing happen?',
    answer: [
      'No program has opened the serial port yet.',
      `Open ${ports[0]!.name} with a terminal program or your firmware, or use the built-in terminal.`
    ],
    values: [compared('host on the port', 'one', 'none')],
    picture: null,
    remedies: [{ sentence: 'Or try it here.', commands: ['AT'] }],
    parts: ['at']
  }
}

function ofSim(snapshot: Snapshot): PresentQuestion | null {
  const { state } = snapshot.sim
  const titles: Readonly<Record<string, readonly [string, string]>> = {
    absent: ['Why is there no network?', 'There is no SIM in the module.'],
    pinRequired: ['Why is there no network?', 'The SIM asks for its PIN first.'],
    pukRequired: ['Why is there no network?', 'The SIM asks for its PUK: the PIN was wrong three times.'],
    blocked: ['Why is there no network?', 'The SIM is permanently blocked.']
  }
  const entry = titles[state]
  if (!entry) return null
  const remedies = state === 'pinRequired' ? givePin(snapshot) : state === 'pukRequired' ? givePuk(snapshot) : null
  return {
    id: `sim-${state}`,
    title: entry[0],
    answer: [entry[1], 'Registration, contexts and connections wait for it.'],
    values: [compared('SIM', 'ready', entry[1].replace(/\.$/, '').toLowerCase())],
    picture: null,
    remedies: remedies ?? [
      {
        sentence: state === 'absent' ? 'Insert a SIM.' : 'Replace the card.',
        commands: [],
        act: state === 'absent' ? 'insert-sim' : 'exchange-sim'
      }
    ],
    parts: ['sim', 'registration']
  }
}

function ofNetwork(snapshot: Snapshot): PresentQuestion | null {
  const state = stateOf(snapshot, 'registration')
  if (state === 'home' || state === 'roaming') return null
  const { conditions } = snapshot
  const why =
    conditions.registration === 'none'
      ? 'There is no coverage: the module keeps searching until there is.'
      : state === 'denied'
        ? 'The network refused the module.'
        : state === 'searching'
          ? 'The module is searching; the network has not answered yet.'
          : 'The radio is off, or the module is set not to register.'
  return {
    id: 'not-registered',
    title: 'Why is the module not registered?',
    answer: [why],
    values: [compared('registration', 'home or roaming', state)],
    picture: null,
    remedies: towardsNetwork(snapshot),
    parts: ['registration', 'network']
  }
}

function ofContext(snapshot: Snapshot): PresentQuestion | null {
  const state = stateOf(snapshot, 'pdp')
  if (state === 'active') return null
  if (state === 'activating') {
    return {
      id: 'context-activating',
      title: 'What is the module waiting for?',
      answer: ['The module has requested a context, and the network has not answered yet. This may take 150 s.'],
      values: [],
      picture: null,
      remedies: [],
      parts: ['pdp', 'network']
    }
  }
  return {
    id: 'context-not-active',
    title: 'Why is it not possible to dial yet?',
    answer: ['PDP context 1 is not active: the module is registered, but has no address.'],
    values: [compared('context 1', 'active', 'not active')],
    picture: null,
    remedies: [activateContext()],
    parts: ['pdp']
  }
}

function ofSocket(snapshot: Snapshot): PresentQuestion | null {
  const { lab, ssl } = snapshot
  if (stateOf(snapshot, 'ssl') === 'disabled') {
    return {
      id: 'ssl-not-enabled',
      title: 'Why would #SSLD fail now?',
      answer: ['SSL is disabled, as after every power-on. Only the first AT instance that enables it can use it.'],
      values: [compared('#SSLEN', '1', '0')],
      picture: null,
      remedies: [enableSsl],
      parts: ['ssl']
    }
  }
  if (ssl.status !== 1 || !lab.tls) return null
  return {
    id: 'ready-to-dial',
    title: 'What can be done now?',
    answer: ['The module is ready to connect.', 'The built-in TLS echo returns all data.'],
    values: [],
    picture: null,
    remedies: [
      {
        sentence: 'Dial it, in command mode.',
        commands: [...beforeDial(snapshot), `AT#SSLD=1,${lab.tls.port},"${lab.tls.host}",0,1`]
      }
    ],
    parts: ['ssl', 'far-end']
  }
}
