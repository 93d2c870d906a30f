/** `kvit tax` as docs/tax.md shows it: every case, command and answer of the page, and what is said to those who write a case wrongly. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { createProgram } from '../src/cli/program.ts'
import { TAX_RULES } from '../src/core/tax/rules/all-rules.ts'
import { TAX_CLASS_CODES } from '../src/core/tax/tax-classes.ts'
import { TAX_KINDS } from '../src/core/tax/tax-kinds.ts'

const PAGE = readFileSync(join(import.meta.dirname, '../docs/tax.md'), 'utf8')
const BLOCKS = [...PAGE.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].map(([, kind = '', text = '']) => ({ kind, text }))
const CASES = BLOCKS.filter(({ kind }) => kind.startsWith('yaml ')).map(({ kind, text }) => ({
  name: kind.slice(5),
  text,
}))
let folder = ''

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kvit-tax-'))
  for (const { name, text } of CASES) await writeFile(join(folder, name), text)
})
after(async () => rm(folder, { recursive: true, force: true }))

/** What a command prints, and whether it succeeds; files are those of the folder. */
async function run(line: string): Promise<{ printed: string; code: number }> {
  const words = (line.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ''))
  const args = words.slice(1).map((word) => (word.endsWith('.yaml') ? join(folder, word) : word))
  const printed: string[] = []
  const { log, error } = console
  const say = (...said: unknown[]): void => void printed.push(said.join(' '))
  console.log = say
  console.error = say
  try {
    await (await createProgram(['tax'])).parseAsync(args, { from: 'user' })
    return { printed: printed.join('\n'), code: Number(process.exitCode ?? 0) }
  } finally {
    Object.assign(console, { log, error })
    process.exitCode = 0
  }
}

for (const [at, { kind, text }] of BLOCKS.entries()) {
  // Other commands of the page ask a server.
  if (kind !== 'sh' || !text.startsWith('kvit tax')) continue
  const commands = text.trim().split('\n')
  test(`docs/tax.md: ${commands.join('; ')} answers what stands there`, async () => {
    const answers: string[] = []
    for (const command of commands) answers.push((await run(command)).printed)
    assert.equal(`${answers.join('\n')}\n`, BLOCKS[at + 1]?.text)
  })
}

test('docs/tax.md has every rule, tax class and kind of tax', () => {
  const named = new Set([...PAGE.matchAll(/`([a-z_0-9]+)`/g)].map(([, name]) => name))
  const classes = TAX_CLASS_CODES.filter((code) => !/^(reduced_[23]|super_reduced|parking|zero)_/.test(code))
  const missing = [...TAX_RULES.map(({ id }) => id), ...classes, ...Object.keys(TAX_KINDS)].filter(
    (one) => !named.has(one),
  )
  assert.deepEqual(missing, [])
})

test('a case says with --json all that it comes to; what is undecided ends with 1', async () => {
  const { printed, code } = await run('kvit --json tax decide telecom.yaml')
  const told = JSON.parse(printed)
  assert.deepEqual([code, told.isDecided, told.net, told.tax, told.lines.length], [0, true, '135.00', '30.69', 3])
  assert.deepEqual(
    [told.lines[0].rule, told.lines[0].taxes[0].percent, told.lines[0].from],
    ['one_stop_shop', '24', '2024-08-30'],
  )
  const unclear = await run('kvit --json tax decide unclear.yaml')
  assert.deepEqual([unclear.code, JSON.parse(unclear.printed).isDecided], [1, false])
})

const MISTAKES: readonly (readonly [from: string, to: string, sentence: RegExp])[] = [
  ['country: FI\n', 'country: Finland\n', /telecom.yaml:10: "buyer.country": write two capital letters such as DE/],
  ['class: telecom', 'class: telekom', /"telekom" is no tax class; did you mean "telecom"\?/],
  ['amount: 100.00', 'amount: 1e2', /telecom.yaml:16: "lines.0.amount": write a plain decimal such as 12.50/],
  ['buyer:', 'byuer:', /unknown key "byuer"; did you mean "buyer"\?/],
  ['date: 2024-09-30', 'date: 30.09.2024', /telecom.yaml:1: "date": write a day/],
  ['currency: EUR', 'currency: EURO', /write a currency such as EUR/],
  ['2024-08-30: 40', '2024-08-32: 40', /write a day such as/],
  ['amount: 100.00\n', 'amount: 100.00\n    quantity: 2\n', /leave those out/],
  ['lines:', 'rates: [{ country: FI, tax: vat, percent: 20 }]\nlines:', /rates 1: class is missing/],
  ['kind: consumer', 'kind: [consumer', /telecom.yaml:\d+: /],
  ['kind: consumer', 'kind: person', /"buyer.kind": /],
  ['allowance: 15.00', 'allowance: 150.01', /"allowance": it is more than the lines come to/],
  ['allowance: 15.00', 'withholding: { percent: 250 }', /"withholding.percent": write a percentage from 0 to 100/],
]

test('what is wrong with a case is said with its line', async () => {
  const [telecom] = CASES
  assert.ok(telecom !== undefined)
  for (const [from, to, sentence] of MISTAKES) {
    assert.ok(telecom.text.includes(from), from)
    await writeFile(join(folder, 'telecom.yaml'), telecom.text.replace(from, to))
    const { printed, code } = await run('kvit tax decide telecom.yaml')
    assert.equal(code, 1, to)
    assert.match(printed, sentence)
    assert.ok(!printed.includes('assertion') && !printed.includes('    at '), printed)
  }
  for (const [line, sentence] of [
    ['kvit tax decide none.yaml', /none.yaml/],
    ['kvit tax decide .', /a file is wanted, and this is a folder: /],
    ['kvit tax rates --country FIN', /write two letters such as DE/],
    ['kvit tax rates --country BR', /no rates of BR come with Kvit/],
    ['kvit tax rates --on 2026-02-30', /write a day such as/],
    ['kvit tax rates --country DE --on 1970-01-01', /no rate is known for DE on 1970-01-01/],
    ['kvit tax id-check ?', /is no tax id/],
  ] as const) {
    const { printed, code } = await run(line)
    assert.equal(code, 1, line)
    assert.match(printed, sentence)
  }
})
