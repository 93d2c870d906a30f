/** What banks send that cannot be booked, CSV files, and the command line. */
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { readCsv } from '../src/core/banking/csv-statement.ts'
import { csvMapping } from '../src/modules/banks/csv-mapping.ts'
import { camt, type MadeStatement } from './bank-files-made.ts'
import { BankWorld } from './bank-world.ts'
import { runCommand } from './command-line.ts'
import { checkHolds } from './harness.ts'

const world = await BankWorld.open('bankdoors', ['cleo'])
const { app, client } = world.kvit
const folder = await mkdtemp(join(tmpdir(), 'kvit-banks-'))
after(async () => rm(folder, { recursive: true, force: true }))

const FEBRUARY: MadeStatement = {
  id: 'S-1',
  opening: 50_000,
  entries: [
    {
      minor: 1000,
      day: '2026-02-02',
      name: 'Customer cleo',
      iban: 'NL56AGDH9619008421',
      reference: 'RF18539007547034',
    },
    { minor: 1527, day: '2026-02-02', text: 'who knows' },
  ],
}

test('what cannot be imported is refused with a sentence and its line, and nothing of it is booked', async () => {
  const before = await world.lines()
  const cases: readonly (readonly [Buffer, number, RegExp])[] = [
    [
      camt([{ ...FEBRUARY, id: 'bad', closing: 1 }]),
      422,
      /the closing balance 0\.01 EUR is 525\.26 less than 500\.00 at the opening and 25\.27/,
    ],
    [
      camt([{ id: 'usd', currency: 'USD', entries: [] }]),
      422,
      /the statement is of account DE89370400440532013000 in USD; bank account giro is in EUR/,
    ],
    [camt([{ id: 'other', iban: 'NL56AGDH9619008421', entries: [] }]), 422, /there is no bank account of it/],
    [
      camt([
        { ...FEBRUARY, id: 'one' },
        { ...FEBRUARY, id: 'two', closing: 1 },
      ]),
      422,
      /Nothing of the file was imported/,
    ],
    [Buffer.from('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'), 422, /a DOCTYPE is not allowed/],
    [Buffer.from('a;b\n1;2\n'), 422, /this is no camt file and no MT940/],
    [Buffer.alloc(17 * 1024 * 1024, 32), 413, /at most/],
    [Buffer.alloc(0), 422, /the file is empty/],
  ]
  for (const [bytes, status, detail] of cases) {
    const answer = await world.upload(bytes)
    assert.equal(answer.status, status, JSON.stringify(answer.json))
    assert.match(String(answer.json['detail']), detail)
  }
  assert.deepEqual(await world.lines(), before)
})

test('a CSV file by the mapping of its account', async () => {
  await client.post('/v1/bank-accounts', {
    ...{ key: 'csv', issuer: 'op', number: '4711', currency: 'EUR' },
    csvMapping: { columns: { bookedOn: 'Tag', amount: 'Betrag', balance: 'Saldo', name: 'Name', text: ['Zweck'] } },
  })
  const file = join(folder, 'february.csv')
  await writeFile(file, 'Tag;Name;Zweck;Betrag;Saldo\n01.02.2026;Customer cleo;wer weiß;5,00;105,00\n')
  const env = { KVIT_URL: app.url, KVIT_KEY: app.rootKey }
  const first = await runCommand(['-t', 'bankdoors', '--json', 'bank', 'import', file, '--bank-account', 'csv'], env)
  assert.equal(first.code, 0, first.err)
  const [row] = JSON.parse(first.out) as Json[]
  assert.deepEqual(
    [row?.['opening'], row?.['closing'], row?.['new'], row?.['repeated']],
    ['100.00', '105.00', 1, false],
  )
  await writeFile(
    file,
    'Tag;Name;Zweck;Betrag;Saldo\n01.02.2026;Customer cleo;wer weiß;5,00;105,00\n02.02.2026;Bob;x;-1,00;104,00\n',
  )
  const second = await runCommand(['-t', 'bankdoors', '--json', 'bank', 'import', file, '--bank-account', 'csv'], env)
  const [overlap] = JSON.parse(second.out) as Json[]
  assert.deepEqual([overlap?.['entries'], overlap?.['new']], [2, 1])
  const { balance } = await client.get('/v1/bank-accounts/csv')
  assert.equal(balance, '104.00')
  await world.settled()
})

test('the mapping of the page reads a CSV file', async () => {
  const page = await readFile(join(import.meta.dirname, '../docs/banks.md'), 'utf8')
  const mapping = csvMapping.parse(JSON.parse(/```json\n([\s\S]*?)```/.exec(page)?.[1] ?? ''))
  const csv = 'Buchungstag;Name;IBAN;Verwendungszweck;Betrag;Saldo\n31.12.2026;Ann;;INV-1;1.000,50;1.000,50\n'
  const { statements } = readCsv(csv, mapping, { iban: null, account: 'giro', currency: 'EUR' })
  assert.deepEqual([statements[0]?.faults, statements[0]?.entries[0]?.amountMinor], [[], 100_050n])
})

test('reading a file needs no server, and its exit code says whether its sums are right', async () => {
  const [good, bad] = [join(folder, 'good.xml'), join(folder, 'bad.xml')]
  await writeFile(good, camt([FEBRUARY]))
  await writeFile(bad, camt([{ ...FEBRUARY, closing: 0 }]))
  const [read, wrong] = [await runCommand(['bank', 'read', good]), await runCommand(['bank', 'read', bad])]
  assert.equal(read.code, 0, read.err)
  assert.match(read.out, /2026-02-02 {11}10\.00 {2}Customer cleo · NL56AGDH9619008421 · RF/)
  assert.equal(wrong.code, 1)
  assert.match(wrong.out, /line 3: the closing balance 0\.00 EUR is 525\.27 less/)
})

test('every invariant holds after all of this', async () => {
  await world.settled()
  assert.deepEqual(await checkHolds(client), [])
})
