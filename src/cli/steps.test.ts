import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { checkWithHead } from './check-head.ts'
import type { Client } from './client.ts'
import { Interrupted, whenInterrupted } from './interrupts.ts'
import { Steps } from './steps.ts'

/** What somebody at a terminal, or at the other end of a pipe, sees of some work. */
async function watched(isTerminal: boolean, work: () => Promise<void> | void): Promise<string> {
  const { isTTY } = process.stderr
  let seen = ''
  process.stderr.isTTY = isTerminal
  const writing = mock.method(process.stderr, 'write', (text: string) => {
    seen += text
    return true
  })
  try {
    await work()
  } finally {
    writing.mock.restore()
    process.stderr.isTTY = isTTY
  }
  return seen
}

/** A server whose check ends when it has been asked so many times how far it is. */
function checked(times: number): Client {
  let end = (_report: unknown): void => undefined
  const report = new Promise((resolve) => {
    end = resolve
  })
  let asked = 0
  return {
    get: async (path: string) => {
      if (path === '/v1/check') return times === 0 ? { holds: true, results: [] } : report
      const words = asked < 2 ? 'segments of the journal' : 'checks of rows'
      if (++asked === times) end({ holds: true, results: [] })
      return { isRunning: true, progress: { words, done: asked, total: 4 } }
    },
  } as unknown as Client
}

test('a check is a line on a terminal that is written anew, and nothing in a pipe', async () => {
  const line = await watched(true, async () => {
    assert.deepEqual(await checkWithHead(checked(3), undefined), { holds: true, results: [] })
  })
  assert.match(line, /^\rcheck: segments of the journal \[█+ +\] 25%.*\rcheck: segments of the journal \[█+ +\] 50%/s)
  assert.match(line, /\n\rcheck: checks of rows \[█+ +\] 75%.*\n$/)
  assert.equal(await watched(false, async () => void (await checkWithHead(checked(0), undefined))), '')
})

test('work in steps says how far each is; an interrupt says what is done, and the next move ends it', async () => {
  const steps = (): Steps => new Steps('no backup was made')
  const line = await watched(true, () => {
    const backup = steps()
    backup.begin('files', 4)
    backup.moved()
    backup.begin('megabytes', 2)
    backup.moved(0.5)
    backup.moved(0.5)
    // A database that is written to meanwhile has become more than it was when the step began.
    backup.moved(2)
    backup.end()
  })
  assert.match(
    line,
    /^\rfiles \[ +\] 0%.*\rfiles \[█+ +\] 25%.*\n\rmegabytes \[ +\] 0%.*\rmegabytes \[█+ +\] 50%.*\rmegabytes \[█{25}\] 100%[^%]*\n$/s,
  )
  whenInterrupted()
  const interrupt = process.listeners('SIGINT').at(-1) as (signal: 'SIGINT') => void
  const errors: string[] = []
  const { error } = console
  console.error = (text: string) => void errors.push(text)
  assert.equal(
    await watched(false, () => {
      const backup = steps()
      backup.begin('files', 4)
      backup.moved()
      interrupt('SIGINT')
      assert.throws(() => backup.moved(), Interrupted)
      backup.end()
    }),
    '',
  )
  console.error = error
  assert.deepEqual(errors, ['kvit: interrupted; files: 1 of 4 are done, and no backup was made'])
})
