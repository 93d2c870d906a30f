import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CommandQueue } from './command-queue.ts'
import { anchorWrite, type Write, type WriteCommand } from './commands.ts'

const toCommand = (write: Write<unknown>): WriteCommand => ({
  kind: 'write',
  write,
  resolve: () => undefined,
  reject: () => undefined,
})
const usage = toCommand({ weight: 1, decide: () => null })
const anchor = toCommand(anchorWrite(Buffer.from('anchor'), async () => undefined) as Write<unknown>)

test('a write with bytes of its own shares its segment with nobody', () => {
  const queue = new CommandQueue()
  for (const command of [usage, usage, anchor, anchor, usage]) queue.push(command)
  const taken = [1, 2, 3, 4].map(() => queue.takeWrites())
  assert.deepEqual(taken, [[usage, usage], [anchor], [anchor], [usage]])
  assert.equal(queue.length, 0)
})
