/** What pages list is what the code has: price models, aggregators, kinds of prices. Nothing that exists is denied. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { AGGREGATORS } from '../src/core/catalog/plan.ts'
import { MODEL_CODES } from '../src/core/rating/models/models.ts'
import { plan } from '../src/modules/catalog/schemas.ts'

const ROOT = join(import.meta.dirname, '..')
const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8')
const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort()

/** The names in the first column of the table that follows a heading. */
function firstColumn(page: string, head: string): string[] {
  const table = page.slice(page.indexOf(head)).split('\n\n')[0] ?? ''
  const [, , ...rows] = table.split('\n')
  return rows.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/\[?`?([a-z_]+)`?\]?(?:\(|,| |$)/g)].map(([, name]) => name as string),
  )
}

test('T14: the reference of plan files, and the pages of prices, have every model and no other', () => {
  const reference = firstColumn(read('docs/plan-files.md'), '| model | parameters |')
  const known = reference.filter((name) => !['modifiers', 'of', 'any'].includes(name))
  assert.deepEqual(sorted(known), sorted(MODEL_CODES))
  assert.deepEqual(
    sorted(firstColumn(read('docs/pricing/README.md'), '| model | what it prices |')),
    sorted(MODEL_CODES),
  )
  for (const model of MODEL_CODES) assert.match(read(`docs/pricing/${model}.md`), new RegExp(`^# ${model}$`, 'm'))
})

test('T14: the page of meters has every aggregator and no other', () => {
  assert.deepEqual(sorted(firstColumn(read('docs/meters.md'), '| `aggregator` | quantity |')), sorted(AGGREGATORS))
  const [row = ''] = /^\| `aggregator` \|.*$/m.exec(read('docs/plan-files.md')) ?? []
  for (const name of AGGREGATORS) assert.ok(row.includes(`\`${name}\``), name)
})

test('T14: the reference of plan files has a section for every kind of price', () => {
  const page = read('docs/plan-files.md')
  const kinds = plan.shape.prices.element.options.map((option) => String(option.shape.kind.value))
  assert.ok(kinds.length >= 7)
  const headings = [...page.matchAll(/^### (.*)$/gm)].map(([, heading]) => heading).join(' ')
  for (const kind of kinds) assert.ok(headings.includes(`\`${kind}\``), kind)
})

test('T14: the glossary names every model', () => {
  const [row = ''] = /^\| \*\*model\*\* \|.*$/m.exec(read('docs/GLOSSARY.md')) ?? []
  assert.deepEqual(sorted([...row.matchAll(/`([a-z_]+)`/g)].map(([, name]) => name as string)), sorted(MODEL_CODES))
})

test('T14: what README says is not there yet is not there', () => {
  const [, list = ''] = read('README.md').split('## What is not there yet')
  const [denied = ''] = list.split('\n## ')
  const codes = [...MODEL_CODES, ...AGGREGATORS].map((code) => `\`${code}\``)
  const existing = [...codes, 'commitments', 'caps', 'discounts', 'Re-rating']
  assert.deepEqual(
    existing.filter((name) => denied.includes(name)),
    [],
  )
})
