import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '../platform/problems.ts'
import { StartMistake } from '../platform/start-mistake.ts'
import { startPatiently } from './start-patiently.ts'

const { signal } = new AbortController()

test('a server whose database answers too slowly starts anew, and says so in a sentence when it gives up', async () => {
  const { error } = console
  const said: string[] = []
  console.error = (text: string) => void said.push(text)
  const slow = (times: number): (() => Promise<number>) => {
    let starts = 0
    return async () => {
      if (++starts <= times) throw new Refusal('engine_unavailable', 'no connection to the database was free in time')
      return starts
    }
  }
  assert.equal(await startPatiently(slow(2), signal, 0), 3)
  assert.deepEqual(said, Array(2).fill('kvit: the database does not answer in time; starting anew'))
  await assert.rejects(startPatiently(slow(100), signal, 0), (fault) => {
    assert.ok(fault instanceof StartMistake)
    assert.match(fault.message, /was reached, and then did not answer in time, 10 times/)
    return true
  })
  await assert.rejects(startPatiently(slow(100), AbortSignal.abort(), 0), Refusal)
  console.error = error
})

test('any other fault ends the start at once', async () => {
  let starts = 0
  const start = async (): Promise<never> => {
    starts++
    throw new StartMistake('the port is taken')
  }
  await assert.rejects(startPatiently(start, signal, 0), StartMistake)
  assert.equal(starts, 1)
})
