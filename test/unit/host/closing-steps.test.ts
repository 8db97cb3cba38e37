import { describe, expect, it } from 'vitest'
import { ClosingSteps, CloseError } from '../../../src/main/host/closing-steps.ts'

describe('closing part by part', () => {
  it('closes in order and says nothing when everything closed', async () => {
    const steps = new ClosingSteps()
    const closed: string[] = []
    await steps.run('a', async () => void closed.push('a'))
    await steps.run('b', () => void closed.push('b'))
    steps.finish()
    expect([closed, steps.unclosed]).toEqual([['a', 'b'], []])
  })

  it('S-1: a part that hangs or fails does not keep the next one open, and is named', async () => {
    const steps = new ClosingSteps(1)
    let closed = false
    await steps.run('the control port', () => new Promise(() => {}))
    await steps.run('AT0', () => Promise.reject(new Error('The pty is gone.')))
    await steps.run('the lab', () => {
      throw new Error('No.')
    })
    await steps.run('the recording', () => void (closed = true))
    expect([closed, steps.unclosed]).toEqual([true, ['the control port']])
    const failed = new ClosingSteps()
    await failed.run('AT0', () => Promise.reject(new Error('The pty is gone.')))
    expect(() => failed.finish()).toThrow(
      new CloseError('The simulator did not close cleanly: AT0 failed to close: The pty is gone.', false)
    )
    expect(() => steps.finish()).toThrow(
      new CloseError(
        'The simulator was ended by force: the control port did not close within 0.001 seconds; AT0 failed to close: The pty is gone; the lab failed to close: No.',
        true
      )
    )
  })

  it('S-1: waits for a part that may take as long as it takes, and tells meanwhile that it is still open', async () => {
    const steps = new ClosingSteps(1)
    let done = (): void => {}
    const end = steps.run('the recording', () => new Promise<void>((resolve) => (done = resolve)), true)
    await steps.run('another', () => new Promise(() => {}))
    expect(steps.unclosed).toEqual(['the recording', 'another'])
    done()
    await end
    expect(steps.unclosed).toEqual(['another'])
  })
})
