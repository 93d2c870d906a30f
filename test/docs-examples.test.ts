/**
 * Every example of docs/ through what users have: plan files and prices through the loader and a simulation on a running
 * server, mappings through an import, requests through the API, and commands through the program that the CLI parses them by.
 */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { CommanderError } from 'commander'
import { parse } from 'yaml'
import type { Json } from '../src/cli/client.ts'
import { CliCommand } from '../src/cli/command.ts'
import { COMMAND_GROUPS } from '../src/cli/command-groups.ts'
import { importDeck } from '../src/cli/commands-deck.ts'
import { describeResult, findCases, runCases } from '../src/cli/plan-test/test-plans.ts'
import { importUsageFile, readMapping } from '../src/cli/usage-import.ts'
import { startKvit } from './harness.ts'

const DOCS = join(import.meta.dirname, '../docs')
const { app, client, request } = await startKvit('docs', '2026-12-31T00:00:00Z', 36_500)
/** What reads the records that pages send by themselves. */
const METERS = `meters:
  - { code: docs-calls, name: Calls, eventType: call, aggregator: sum, property: seconds, optional: true, unit: s, scale: 0 }
  - { code: docs-data, name: Data, eventType: data, aggregator: sum, property: mb, unit: MB, scale: 3 }
  - { code: docs-energy, name: Energy, eventType: electricity.reading, aggregator: sum, property: energy, unit: kWh, scale: 3 }
`
await client.post('/v1/catalog', { files: [{ name: 'meters.yaml', text: METERS }] })
const PAGES = ['', 'pricing'].flatMap((folder) =>
  readdirSync(join(DOCS, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name)),
)

interface Block {
  readonly page: string
  readonly line: number
  readonly kind: string
  readonly text: string
  /** What stands behind it, up to the next block. */
  readonly behind: string
}

/** What stands between fences, with the word behind the first of them. */
function blocksOf(page: string): Block[] {
  const text = readFileSync(join(DOCS, page), 'utf8')
  return [...text.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].map(({ 1: kind = '', 2: content = '', index }) => {
    const behind = text.slice(index + kind.length + content.length + 8).split('\n```')[0] ?? ''
    return { page, line: text.slice(0, index).split('\n').length, kind, text: content, behind }
  })
}

const blocks = PAGES.flatMap(blocksOf)
const run = new Set<Block>()
const titleOf = ({ page, line }: Block): string => `docs/${page}:${line}`

/** The rows of a table that follows a block, cell by cell. */
function tableOf({ behind }: Block, head: string): string[][] {
  const at = behind.indexOf(`| ${head} |\n`)
  if (at < 0) return []
  const [, , ...rows] = (behind.slice(at).split('\n\n')[0] ?? '').trim().split('\n')
  return rows.map((row) =>
    row
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim().replace('\\', '')),
  )
}

const indent = (text: string, by: number): string => text.replaceAll(/^(?=.)/gm, ' '.repeat(by))

/** A page's meter and price as a plan file: their text as it stands, with what a page leaves out. */
function planFileOf(text: string): string {
  const [meter = '', price = ''] = text.split(/^(?=price:)/m)
  const [given = ''] = /\{[\s\S]*\}/.exec(meter) ?? []
  const defaults = { code: 'used', name: 'Used', eventType: 'use', aggregator: 'sum', property: 'amount' }
  const missing = Object.entries(defaults).filter(([key]) => !new RegExp(`[{,\\s]${key}:`).test(given))
  const added = missing.map(([key, value]) => `${key}: ${value}, `).join('')
  const code = /[{,\s]code: ([\w-]+)/.exec(given)?.[1] ?? 'used'
  const head = { kind: 'usage', code: 'price', name: 'Price', meter: code }
  const flow = price.startsWith('price: {')
  const body = price.replace(/^price:\s*/, '')
  const start = Object.entries(head).map(([key, value]) => `${key}: ${value}`)
  const whole = flow
    ? `      - { ${start.join(', ')}, ${body.trim().slice(1)}\n`
    : `      - ${start.join('\n        ')}\n${indent(price.replace(/^price:\n/, ''), 6)}`
  return `meters:\n  - { ${added}${given.slice(1)}\nplans:\n  - code: plan\n    name: Plan\n    currency: USD\n    prices:\n${whole}`
}

interface Simulated extends Json {
  readonly items: readonly { cell: string | null; exactAmount: string }[]
  readonly exactTotal: string
  readonly firstLeftOut: readonly { reason: string; detail: string }[]
}

async function simulate(file: string, records: readonly Json[]): Promise<Simulated> {
  const files = [{ name: 'page.yaml', text: file }]
  return client.post<Simulated>('/v1/plans/plan/simulate', { files, records })
}

for (const block of blocks.filter(({ kind, text }) => kind === 'yaml' && /^meter:/m.test(text))) {
  const file = planFileOf(block.text)
  for (const [records = '', amount = ''] of tableOf(block, 'records | amount')) {
    run.add(block)
    test(`${titleOf(block)}: ${records} cost ${amount}`, async () => {
      const meter = /property: (\w+)/.exec(file)?.[1] ?? 'amount'
      const told = records.split(', ').map((quantity, at) => ({
        type: 'use',
        time: `2026-02-10T12:00:${String(at).padStart(2, '0')}Z`,
        data: { [meter]: quantity },
      }))
      const { exactTotal, firstLeftOut } = await simulate(file, told)
      assert.deepEqual([firstLeftOut, exactTotal], [[], amount])
    })
  }
  for (const [data = '', time = '', counter = '', amount = ''] of tableOf(block, 'data | time | counter | amount')) {
    run.add(block)
    test(`${titleOf(block)}: ${data} at ${time} is ${counter} ${amount}`, async () => {
      if (block.page.includes('rate_deck')) await importPageDeck()
      const type = /eventType: (\w+)/.exec(file)?.[1]
      const { items, exactTotal, firstLeftOut } = await simulate(file, [
        { type, time: time.replace('Z', ':00Z'), data: JSON.parse(data.slice(1, -1)) },
      ])
      const [left] = firstLeftOut
      const isUnread = left?.detail.startsWith('no meter of the plan reads') === true
      const got = left === undefined ? [items[0]?.cell ?? '', exactTotal] : [isUnread ? 'not read' : left.reason, '']
      assert.deepEqual(got, [counter, amount])
    })
  }
}

let isDeckImported = false

/** The deck of its page, by the command's own way: a file and a mapping file. */
async function importPageDeck(): Promise<void> {
  if (isDeckImported) return
  isDeckImported = true
  const folder = await mkdtemp(join(tmpdir(), 'kvit-docs-'))
  const page = blocks.filter((block) => block.page === join('pricing', 'rate_deck.md'))
  const textOf = (kind: string): string => {
    const block = page.find((candidate) => candidate.kind === kind)
    assert.ok(block !== undefined, kind)
    run.add(block)
    return block.text
  }
  await writeFile(join(folder, 'mapping.yaml'), textOf('yaml mapping'))
  await writeFile(join(folder, 'rates.csv'), textOf('csv'))
  const options = { mapping: join(folder, 'mapping.yaml'), effectiveFrom: '2026-01-01' }
  const report = await importDeck(client, join(folder, 'rates.csv'), options)
  assert.equal(report['imported'], true)
  await rm(folder, { recursive: true, force: true })
}

/** Parts of plan files that a page shows alone, in a plan around them. */
function wholeFile(text: string): string {
  if (/^(meters|plans|schedules):/m.test(text)) return text
  const meters =
    'meters:\n  - { code: minutes, name: Minutes, eventType: call, aggregator: sum, property: minutes, unit: min, scale: 2 }\n'
  const fee = '    prices:\n      - { kind: recurring, code: fee, name: Fee, amount: 10, every: { unit: month } }\n'
  const part = text.startsWith('- ') ? `    prices:\n${indent(text, 6)}` : indent(text, 4)
  const currency = /^currency:/m.test(text) ? '' : '    currency: EUR\n'
  return `${meters}plans:\n  - code: shown\n    name: Shown\n${currency}${part}${/prices:/.test(part) ? '' : fee}`
}

for (const block of blocks.filter(({ kind, text }) => kind === 'yaml' && isPlan(text))) {
  run.add(block)
  test(`${titleOf(block)}: a plan file has this, and it can be published`, async () => {
    const files = [{ name: 'page.yaml', text: wholeFile(block.text) }]
    const { changes } = await client.post<Json & { changes: Json[] }>('/v1/catalog', { files, dryRun: true })
    assert.ok(changes.length > 0)
  })
}

test('docs/plan-files.md: the cases beside its example come to what they say', async () => {
  const page = blocks.filter((block) => block.page === 'plan-files.md')
  const [plan, cases] = ['yaml', 'yaml cases'].map((kind) => page.find((block) => block.kind === kind))
  assert.ok(plan !== undefined && cases !== undefined)
  run.add(cases)
  const folder = await mkdtemp(join(tmpdir(), 'kvit-docs-'))
  await writeFile(join(folder, 'mobile.yaml'), plan.text)
  await writeFile(join(folder, 'mobile.cases.yaml'), cases.text)
  for (const source of await findCases(join(folder, 'mobile.yaml')))
    for (const result of await runCases(app, source)) assert.ok(result.passed, describeResult(result))
  await rm(folder, { recursive: true, force: true })
})

test('docs/pricing/rate_deck.md: terms by column and steps are read beside the mapping of the page', async () => {
  const page = blocks.filter((block) => block.page === join('pricing', 'rate_deck.md'))
  const [whole, part] = ['yaml mapping', 'yaml mapping part'].map((kind) => page.find((block) => block.kind === kind))
  assert.ok(whole !== undefined && part !== undefined)
  run.add(part)
  const folder = await mkdtemp(join(tmpdir(), 'kvit-docs-'))
  await writeFile(join(folder, 'whole.yaml'), whole.text)
  await writeFile(join(folder, 'part.yaml'), part.text)
  const [base, more] = await Promise.all(['whole', 'part'].map((name) => readMapping(join(folder, `${name}.yaml`))))
  const text =
    'Destination;Prefix;Peak;Off;Fee;Steps;From;Fee off;Steps off;Peak then;Off then\nKyiv;38044;0,12;0,06;0,10;1/1;;0;60/60;0,06;0,03\n'
  const mapping = { ...(base as Json), ...(more as Json) }
  const body = { mapping, effectiveFrom: '2026-01-01', file: { name: 'rates.csv', text }, dryRun: true }
  const { differences } = await client.post<Json & { differences: Json[] }>('/v1/rate-decks', body)
  const found = differences.find(({ prefix, after }) => prefix === '38044' && after !== null)
  assert.equal(found?.['after'], '0.12 / 0.06, after 60 0.06 / 0.03, fee 0.1 / fee 0, 1/1 / 60/60')
  await rm(folder, { recursive: true, force: true })
})

function isPlan(text: string): boolean {
  const content = parse(text) as Json
  return Array.isArray(content) || ['meters', 'plans', 'prices', 'phases', 'currencies'].some((key) => key in content)
}

test('docs/mapping-files.md: the row of the example becomes the record that stands there, and the expression is seconds', async () => {
  const [mapping, record, part] = blocks.filter(
    ({ page, kind }) => page === 'mapping-files.md' && /yaml|json/.test(kind),
  )
  assert.ok(mapping !== undefined && record !== undefined && part !== undefined)
  run.add(mapping).add(record).add(part)
  const folder = await mkdtemp(join(tmpdir(), 'kvit-docs-'))
  const row = /`(MAC[^`]*)`/.exec(mapping.behind)?.[1] ?? ''
  await writeFile(join(folder, 'mapping.yaml'), mapping.text)
  await writeFile(join(folder, 'usage.csv'), `LCLid,tstp,energy(kWh/hh)\n${row}\n`)
  await importUsageFile(client, join(folder, 'usage.csv'), await readMapping(join(folder, 'mapping.yaml')))
  const [suspended] = await client.list<{ record: string }>('/v1/suspense')
  assert.deepEqual(JSON.parse(suspended?.record ?? ''), JSON.parse(record.text))
  const named = { name: 'calls', source: 'docs', type: 'seconds', id: '{#}', service: 'none' }
  await writeFile(join(folder, 'calls.csv'), 'started,ended\n2026-01-05 10:00:00,2026-01-05 10:01:30\n')
  await importUsageFile(client, join(folder, 'calls.csv'), { ...named, ...(parse(part.text) as Json) })
  assert.match((await client.list<{ record: string }>('/v1/suspense')).at(-1)?.record ?? '', /"seconds":90\}/)
  await rm(folder, { recursive: true, force: true })
})

/** Where the requests go that pages show as JSON. Nothing is there that they could change, but their shape is right. */
const REQUESTS: Readonly<Record<string, string>> = {
  'charging.md': '/v1/charging',
  'rerating.md': '/v1/usage-corrections',
  'subscriptions.md': '/v1/plan-migrations',
}

for (const block of blocks.filter(({ page, kind }) => kind === 'json' && REQUESTS[page] !== undefined)) {
  run.add(block)
  test(`${titleOf(block)}: the API takes these requests`, async () => {
    const isLines = block.text
      .trim()
      .split('\n')
      .every((line) => line.startsWith('{"'))
    for (const raw of isLines ? block.text.trim().split('\n') : [block.text]) {
      const headers = { 'idempotency-key': `docs-${block.line}` }
      const { status, json } = await request('POST', REQUESTS[block.page] as string, { raw, headers })
      assert.ok(status === 200 || status === 201 || status === 404, `${status} ${JSON.stringify(json)}`)
      assert.notEqual(json['result'], 'invalid', JSON.stringify(json))
    }
  })
}

/** The program as a call has it, doing nothing. */
async function program(run = async (): Promise<void> => undefined): Promise<CliCommand> {
  const command = new CliCommand('kvit').option('-t, --tenant <name>').option('--json').exitOverride()
  command.configureOutput({ writeErr: () => undefined, writeOut: () => undefined })
  const cli = { program: command, isWanted: () => true, isJson: () => false, run, runAlone: run }
  for (const group of new Set(COMMAND_GROUPS.map(({ load }) => load))) await (await group())(cli)
  return command
}

/** Words of a line of a shell, with what stands in quotes as one. */
function wordsOf(line: string): string[] {
  return (line.replace(/\s#.*$/, '').match(/"[^"]*"|'[^']*'|\S+/g) ?? []).map((word) =>
    word.replaceAll(/^["']|["']$/g, ''),
  )
}

/** Commands that are no calls of the API, and do their work when they are parsed. */
const AT_ONCE = new Set(['start', 'test', 'demo', 'bench', 'completion', 'verify', 'einvoice', 'tax'])

const commands = blocks
  .filter(({ kind }) => kind === 'sh')
  .flatMap((block) =>
    block.text
      .replaceAll(/\\\n\s*/g, ' ')
      .split('\n')
      .filter((line) => /^(\.\/)?kvit /.test(line))
      .map((line) => ({ title: `${titleOf(block)}: ${line}`, words: wordsOf(line).slice(1) })),
  )

for (const { title, words } of commands)
  test(`${title} is a command that can be called so`, async () => {
    const parsed = await program()
    const found = commandAt(parsed, words)
    assert.ok(found !== null, words.join(' '))
    if (AT_ONCE.has(words[0] as string)) return
    await parsed.parseAsync(words, { from: 'user' }).catch((error: unknown) => {
      assert.ok(!(error instanceof CommanderError), String(error))
    })
  })

/** The command that the first words name; null where one of them names none and is no argument. */
function commandAt(top: CliCommand, words: readonly string[]): CliCommand | null {
  let command = top
  for (const word of words) {
    if (command.commands.length === 0) return command
    const next = command.commands.find((one) => one.name() === word)
    if (next === undefined) return null
    command = next as CliCommand
  }
  return command
}

test('every command that a page names in passing is there', async () => {
  const all = await program()
  const texts = PAGES.map((page) => [page, readFileSync(join(DOCS, page), 'utf8')] as const)
  const named = texts.flatMap(([page, text]) =>
    [...text.matchAll(/`(?:\.\/)?kvit ([a-z][^`\n]*)`/g)].map(([, line = '']) => ({ page, words: wordsOf(line) })),
  )
  assert.ok(named.length >= 30)
  for (const { page, words } of named) {
    const parts = words.filter((word) => /^[a-z-]+$/.test(word) && !word.startsWith('-'))
    const found = commandAt(all, parts.slice(0, 1))
    assert.ok(found !== null, `${page}: ${words.join(' ')}`)
    if (found.commands.length > 0 && parts.length > 1)
      assert.ok(commandAt(all, parts.slice(0, 2)) !== null, `${page}: ${words.join(' ')}`)
  }
})

test('every YAML, JSON and CSV block of the pages is run by one of these tests', () => {
  const isElsewhere = /^(banks|books|deliveries|dunning|events|pages|settings|tax)/
  const left = blocks.filter(({ kind, page }) => /^(yaml|json|csv)/.test(kind) && !isElsewhere.test(page))
  assert.deepEqual(left.filter((block) => !run.has(block)).map(titleOf), [])
  assert.ok(run.size >= 30)
})
