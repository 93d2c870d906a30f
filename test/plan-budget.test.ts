import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readPlanFiles } from '../src/modules/catalog/plan-files.ts'

const NOTHING = { meters: [], schedules: [] }

function messages(text: string): string[] {
  return readPlanFiles([{ name: 'plans.yaml', text }], NOTHING).errors.map(({ line, message }) => `${line}: ${message}`)
}

test('S3: a plan file that is too long or too deep is told so before it is read', () => {
  assert.match(messages('- a: b\n'.repeat(400_000))[0] ?? '', /^\d+: the files are too long/)
  assert.deepEqual(messages(`plans:\n  - ${'['.repeat(100_000)}`), ['2: nested too deeply: at most 100 levels'])
  assert.deepEqual(messages('{a: '.repeat(100_000)), ['1: nested too deeply: at most 100 levels'])
  // Brackets in texts are none.
  const name = `"${'['.repeat(150)}"`
  assert.ok(!messages(`plans: [{ code: a, name: ${name} }]`).some((message) => message.includes('deep')))
  assert.equal(messages('- '.repeat(100_000)).length, 1)
})

test('S3: files share one budget', () => {
  const files = Array.from({ length: 3 }, (_, n) => ({ name: `${n}.yaml`, text: `meters: [${'a, '.repeat(100_000)}]` }))
  const { errors } = readPlanFiles(files, NOTHING)
  assert.deepEqual(
    errors.filter(({ message }) => message.includes('too long')).map(({ file }) => file),
    ['2.yaml'],
  )
})

test('S3: keys that stand twice are told, wherever they stand, and many mistakes are told in part', () => {
  assert.deepEqual(messages('meters: []\nplans: []\nmeters: []'), ['3: Map keys must be unique'])
  const unknown = messages(Array.from({ length: 5_000 }, (_, n) => `key${n}: x`).join('\n'))
  assert.equal(unknown.length, 500)
})
