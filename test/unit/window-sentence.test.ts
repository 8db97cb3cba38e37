import { describe, expect, it } from 'vitest'
import { sentenceOf, stagesOf } from '../../src/renderer/state/sentence/sentence.ts'
import type { Snapshot, TimerSnapshot } from '../../src/shared/calls/snapshot.ts'
import { noLab } from '../../src/shared/lab/calls.ts'
import { scene } from '../fixtures/window-states.ts'

const { snapshot: fresh } = scene('fresh')
const { snapshot: online } = scene('online')
const { snapshot: failed } = scene('failed')

function inState(base: Snapshot, states: Readonly<Record<string, string>>, change: Partial<Snapshot> = {}): Snapshot {
  return {
    ...base,
    charts: base.charts.map((chart) => ({ ...chart, state: states[chart.id] ?? chart.state })),
    ...change
  }
}

function withTimer(base: Snapshot, name: TimerSnapshot['name'], value: number): Snapshot {
  return {
    ...base,
    timers: base.timers.map((timer) => (timer.name === name ? { ...timer, running: true, value } : timer))
  }
}

const said = (snapshot: Snapshot, aheadMs = 0): string => {
  const { head, rest } = sentenceOf(snapshot, aheadMs)
  return `${head} ${rest}`
}

describe('the sentence', () => {
  it('follows the module from off to ready', () => {
    expect(said(inState(fresh, { power: 'off' }))).toBe(
      'The module is off. It does not hear the port. Press Power, the ON key, to start it.'
    )
    expect(said(inState(fresh, { power: 'booting' }))).toBe('The module is booting. It does not hear the port yet.')
    expect(said(inState(fresh, { registration: 'idle' }))).toMatch(/^Not registered\./)
    expect(said(inState(fresh, { registration: 'searching' }))).toMatch(/^Searching for a network\./)
    expect(said(fresh)).toBe('Registered with Lab network. No address yet; AT#SGACT=1,1 gets one.')
    expect(said(inState(fresh, { pdp: 'activating' }))).toMatch(/^Asking the network for an address\./)
    expect(said(inState(online, { ssl: 'disabled', data: 'command' }))).toBe(
      'Context active, 10.64.18.7. SSL is disabled; AT#SSLEN=1,1 enables it.'
    )
    expect(said(inState(online, { ssl: 'closed', data: 'command' }))).toBe(
      'Ready to dial. AT#SSLD=1,38443,"127.0.0.1",0,0 connects to the built-in TLS server.'
    )
    expect(said(inState(online, { ssl: 'closed', data: 'command' }, { lab: noLab }))).toBe(
      'Ready to dial. AT#SSLD=1,PORT,"HOST",0,0 opens a connection.'
    )
  })

  it('tells that the network gave no address or took it away, until there is one or no network', () => {
    const moved = (event: string, states: Readonly<Record<string, string>> = {}): Snapshot => {
      const snapshot = inState(fresh, { pdp: 'inactive', ...states })
      const last = { from: 'activating', to: 'inactive', event, moduleMs: 1, seq: 1000, cause: null }
      return { ...snapshot, charts: snapshot.charts.map((chart) => (chart.id === 'pdp' ? { ...chart, last } : chart)) }
    }
    const contextMark = (snapshot: Snapshot): string | undefined =>
      stagesOf(snapshot).find(({ chart }) => chart === 'pdp')?.mark
    expect(said(moved('REJECTED'))).toBe(
      'The network gave no address. The panel Why tells the reason; AT#SGACT=1,1 asks again.'
    )
    expect(said(moved('DROPPED'))).toBe(
      'The network deactivated the context. The panel Why tells the reason; AT#SGACT=1,1 activates it again.'
    )
    expect([sentenceOf(moved('REJECTED')).failed, contextMark(moved('REJECTED'))]).toEqual([true, 'failed'])
    expect([sentenceOf(moved('DEACTIVATE')).failed, contextMark(moved('DEACTIVATE'))]).toEqual([false, 'not-reached'])
    expect(said(moved('REJECTED', { pdp: 'activating' }))).toMatch(/^Asking the network/)
    expect(said(moved('DROPPED', { registration: 'searching' }))).toMatch(/^Searching for a network/)
    expect(contextMark(moved('DROPPED', { registration: 'searching' }))).toBe('not-reached')
    // Lost when the module was powered off; it is on again since.
    const lost = moved('DROPPED')
    const boot = { from: 'booting', to: 'on', event: 'UP', moduleMs: 2, seq: 1001, cause: null }
    const again = {
      ...lost,
      charts: lost.charts.map((chart) => (chart.id === 'power' ? { ...chart, last: boot } : chart))
    }
    expect(said(again)).toMatch(/^Registered/)
    expect(contextMark(again)).toBe('not-reached')
  })

  it('tells how far an FTP session is', () => {
    const session = (ftp: string): Snapshot => inState(online, { ssl: 'disabled', data: 'command', ftp })
    expect(said(session('ready'))).toBe(
      'FTP session: ready. The server has let the module in; files can be listed, got and put.'
    )
    expect(said(session('securing'))).toMatch(/^FTP session: securing\./)
    expect(said(session('idle'))).toMatch(/^Context active/)
  })

  it('tells what waits while online and counts down between two snapshots', () => {
    expect(said(online)).toBe('Online with 127.0.0.1:38443. 176 of 300 bytes wait; they are sent in 1.9 s.')
    expect(said(online, 1000)).toContain('they are sent in 0.9 s.')
    expect(said(online, 60_000)).toContain('they are sent in 0.0 s.')
    expect(said({ ...online, timers: fresh.timers })).toContain('returns to command mode')
    expect(said(withTimer(online, 'escape', 200))).toContain('+++ was received. After 0.8 s of silence')
  })

  it('tells what can be read in command mode', () => {
    const held = (heldBytes: number): Partial<Snapshot> => ({ ssl: { ...online.ssl, heldBytes } })
    expect(said(inState(online, { ssl: 'open.command', data: 'command' }, held(0)))).toContain('AT#SSLSEND sends')
    expect(said(inState(online, { ssl: 'open.command', data: 'command' }, held(41)))).toContain(
      '41 bytes wait; AT#SSLRECV reads them.'
    )
    expect(said(inState(online, { ssl: 'open.draining', data: 'command' }, held(1)))).toBe(
      'The connection has ended. 1 byte can still be read with AT#SSLRECV.'
    )
  })

  it('says why a dial failed, and that a connection broke', () => {
    expect(sentenceOf(failed)).toEqual({ head: 'The dial failed.', rest: failed.ssl.lastFailure, failed: true })
    const broken = {
      ...failed,
      charts: failed.charts.map((chart) =>
        chart.id === 'ssl' ? { ...chart, last: { ...chart.last!, from: 'open.online', event: 'BROKEN' } } : chart
      )
    }
    expect(sentenceOf(broken).head).toBe('The connection broke.')
    expect(sentenceOf(inState(fresh, { registration: 'denied' })).failed).toBe(true)
  })

  it('is about the network where that was lost after the failure', () => {
    const lost = (registration: string, seq: number): Snapshot => ({
      ...failed,
      charts: failed.charts.map((chart) =>
        chart.id === 'registration' ? { ...chart, state: registration, last: { ...chart.last!, seq } } : chart
      )
    })
    const seq = failed.charts.find((chart) => chart.id === 'ssl')!.last!.seq
    expect(said(lost('searching', seq + 1))).toMatch(/^Searching for a network/)
    expect(said(lost('searching', seq - 1))).toMatch(/^The dial failed/)
    expect(said(lost('home', seq + 1))).toMatch(/^The dial failed/)
  })

  it('says what the SIM asks for', () => {
    const sim = (change: Partial<Snapshot['sim']>): string =>
      said(inState(fresh, { registration: 'idle' }, { sim: { ...fresh.sim, ...change } }))
    expect(sim({ inserted: false, state: 'absent' })).toMatch(/^There is no SIM in the module/)
    expect(sim({ state: 'pinRequired' })).toBe('The SIM asks for its PIN. AT+CPIN=1234 enters it; 3 tries are left.')
    expect(sim({ state: 'pukRequired', pukTriesLeft: 1 })).toMatch(
      /AT\+CPIN=12345678,NEWPIN enters it; 1 try is left\.$/
    )
    expect(sim({ state: 'blocked' })).toMatch(/^The SIM is permanently blocked/)
    expect(sim({})).toMatch(/^Not registered/)
  })

  it('forgets an old failure while the next dial is on its way', () => {
    const dialling = inState(failed, { ssl: 'dialling', data: 'blocking' })
    expect(sentenceOf(dialling).failed).toBe(false)
    expect(said(inState(failed, { ssl: 'handshake' }, { handshake: online.handshake }))).toContain('Finished received.')
    expect(said(withTimer(inState(failed, { ssl: 'handshake' }, { handshake: null }), 'handshake', 2500))).toContain(
      'Nothing sent yet; 7.5 s left for the next message.'
    )
  })

  it('tells about a prompt and a command at work', () => {
    expect(said(inState(failed, { data: 'entry' }))).toBe(
      'The module takes text after the > prompt. Ctrl-Z ends the entry, ESC cancels it.'
    )
    expect(said(withTimer(inState(online, { ssl: 'closed', data: 'blocking' }), 'command', 4000))).toBe(
      'A command is running. What is typed waits; 6.0 s left, then ERROR.'
    )
  })

  it('is never empty, whatever the states are', () => {
    const all = {
      power: ['off', 'booting', 'on'],
      registration: ['idle', 'searching', 'home', 'roaming', 'denied'],
      pdp: ['inactive', 'activating', 'active'],
      ssl: [
        'disabled',
        'closed',
        'dialling',
        'handshake',
        'open',
        'open.command',
        'open.online',
        'open.draining',
        'closing'
      ],
      data: ['off', 'command', 'blocking', 'entry', 'online']
    }
    for (const power of all.power)
      for (const registration of all.registration)
        for (const pdp of all.pdp)
          for (const ssl of all.ssl)
            for (const data of all.data) {
              const { head, rest } = sentenceOf(inState(failed, { power, registration, pdp, ssl, data }))
              expect(head).toMatch(/^[A-Z].*\.$/)
              expect(rest).toMatch(/\.$/)
            }
  })
})

describe('the path', () => {
  it('names every stage with its state and mark', () => {
    expect(stagesOf(online).map(({ name, word, mark }) => `${name} ${word} ${mark}`)).toEqual([
      'Power on reached',
      'Network home reached',
      'Context active reached',
      'SSL socket open reached',
      'Data mode online reached',
      'FTP idle not-reached'
    ])
    expect(stagesOf(failed).find((stage) => stage.chart === 'ssl')).toMatchObject({ word: 'closed', mark: 'failed' })
    expect(stagesOf(inState(fresh, { power: 'booting', ssl: 'closed' })).map((stage) => stage.mark)).toEqual([
      'under-way',
      'reached',
      'not-reached',
      'not-reached',
      'reached',
      'not-reached'
    ])
  })

  it('does without a chart that the simulator does not tell about', () => {
    expect(stagesOf({ ...fresh, charts: [] }).every((stage) => stage.mark === 'not-reached')).toBe(true)
  })
})
