import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CommandQueue } from './command-queue.ts'
import { anchorWrite, type OnlineCommand, onlineWrite, type Write, type WriteCommand } from './commands.ts'

const toCommand = (write: Write<unknown>): WriteCommand => ({
  kind: 'write',
  write,
  resolve: () => undefined,
  reject: () => undefined,
})
const usage = toCommand({ weight: 1, decide: () => null })
const anchor = toCommand(anchorWrite(Buffer.from('anchor'), async () => undefined, {}) as Write<unknown>)

test('a write with bytes of its own shares its segment with nobody', () => {
  const queue = new CommandQueue()
  for (const command of [usage, usage, anchor, anchor, usage]) queue.push(command)
  const taken = [1, 2, 3, 4].map(() => queue.takeWrites())
  assert.deepEqual(taken, [[usage, usage], [anchor], [anchor], [usage]])
  assert.equal(queue.length, 0)
})

test('a segment is as much work as may be done in one go: 500 steps of sessions, or 2,500 events', () => {
  const taken = (op: 'event' | 'update'): number => {
    const queue = new CommandQueue()
    const requests = Array.from({ length: 100 }, () => ({ op }))
    const command = { batch: {}, requests, acceptance: { nowMs: 0, windowMs: 0 } } as unknown as OnlineCommand
    for (let at = 0; at < 50; at++) queue.push(toCommand(onlineWrite(command) as Write<unknown>))
    return queue.takeWrites().length * 100
  }
  assert.deepEqual([taken('update'), taken('event')], [500, 2_500])
})
