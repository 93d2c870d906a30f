import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readEcbRates } from '../ecb-rates.ts'
import { csvJournal } from './csv.ts'
import { datevJournal, inWindows1252 } from './datev.ts'
import { type Journal, type JournalLine, pairsOf } from './journal.ts'
import { saftJournal } from './saft.ts'

function side(entryId: string, code: string, booksMinor: bigint, more: Partial<JournalLine> = {}): JournalLine {
  return {
    ...{ entryId, day: '2026-01-31', belongsOn: null, template: 'invoice_issued', documentId: null, postingId: null },
    ...{
      subject: null,
      ledgerAccount: 'revenue:basic',
      accountId: null,
      code,
      currency: 'EUR',
      amountMinor: booksMinor,
    },
    ...{ booksMinor, rate: null, reference: 'INV-1', account: 'ann', customer: 'Ann' },
    ...more,
  }
}

const journalOf = (lines: readonly JournalLine[]): Journal => ({
  company: { name: 'Müller & Söhne "Nord" GmbH', taxId: 'DE136695976', address: 'Berlin', country: 'DE' },
  ...{ currency: 'EUR', from: '2026-01-01', until: '2026-01-31', madeMs: Date.UTC(2026, 1, 1, 6, 7, 8, 9) },
  accounts: [{ code: '1100', name: 'Receivables', kind: 'asset' }],
  opening: new Map([['1100', 500n]]),
  lines,
})
const TERMS = { consultant: 29_098, client: 55_003, accountLength: 4, yearStart: '2026-01-01' }

test('an entry of several sides as pairs: each side has all of its amount', () => {
  const entry = [side('e', '1100', 11_900n), side('e', '4000', -10_000n), side('e', '2200', -1900n)]
  assert.deepEqual(
    pairsOf(entry).map(({ debit, credit, minor }) => [debit.code, credit.code, minor]),
    [
      ['1100', '4000', 10_000n],
      ['1100', '2200', 1900n],
    ],
  )
})

test('pairs of any entry that sums to zero add up to each of its sides', () => {
  // A row of numbers that is the same each time, without chance.
  let state = 12_345
  const next = (most: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state % most
  }
  for (let round = 0; round < 2_000; round++) {
    const amounts = Array.from({ length: 1 + next(7) }, () => BigInt(next(2_001) - 1_000))
    const rest = -amounts.reduce((sum, amount) => sum + amount, 0n)
    const entry = [...amounts, rest].map((amount, at) => side('e', String(1000 + at), amount))
    const sums = new Map(entry.map(({ code }) => [code, 0n]))
    for (const { debit, credit, minor } of pairsOf(entry)) {
      assert.ok(minor > 0n)
      sums.set(debit.code, (sums.get(debit.code) ?? 0n) + minor)
      sums.set(credit.code, (sums.get(credit.code) ?? 0n) - minor)
    }
    assert.deepEqual(
      entry.map(({ code }) => sums.get(code)),
      entry.map(({ booksMinor }) => booksMinor),
    )
  }
})

test('a file for DATEV: header, row, and letters of its code page', () => {
  const entry = [side('e', '1100', 11_900n, { customer: 'Łódź – Сергій €' }), side('e', '4400', -11_900n)]
  const [header, , row] = datevJournal(journalOf(entry), TERMS).split('\r\n')
  assert.equal(
    header,
    '"EXTF";700;21;"Buchungsstapel";13;20260201060708009;;"RE";"";"";29098;55003;20260101;4;20260101;20260131;"Müller & Söhne ""Nord"" GmbH";"";1;0;0;"EUR";;"";;;"";;;"";""',
  )
  assert.equal(row, '119,00;"S";"EUR";;;"";1100;4400;"";3101;"INV-1";"";;"invoice issued ?ód? – ?????? €"')
  assert.deepEqual([...inWindows1252('€ü–')], [0x80, 0xfc, 0x96])
  assert.throws(() => datevJournal(journalOf([side('e', 'A1', 1n), side('e', '4400', -1n)]), TERMS), /digits alone/)
  const much = 1_000_000_000_000n
  assert.throws(
    () => datevJournal(journalOf([side('e', '1', much), side('e', '2', -much)]), TERMS),
    /no amounts such as/,
  )
})

test('what a name may have does not break a file: markup, formulas, quotes, control characters', () => {
  const nasty = '=cmd|" & <b>\u0007,\n'
  const lines = [
    side('e', '1100', 100n, { customer: nasty }),
    side('e', '4000', -100n, { customer: nasty, reference: '<x>' }),
  ]
  const [, row = ''] = csvJournal(journalOf(lines)).split('entry,').join('').split('\ne,')
  assert.ok(row.includes(`"'=cmd|"" & <b>`))
  const saft = saftJournal(journalOf(lines))
  assert.ok(saft.includes('<CompanyName>=cmd|" &amp; &lt;b&gt;,\n</CompanyName>') && !saft.includes('\u0007'))
  assert.ok(saft.includes('<OpeningDebitBalance>5.00</OpeningDebitBalance>'))
  assert.ok(saft.includes('<ClosingDebitBalance>6.00</ClosingDebitBalance>'))
})

test('rates of the ECB: the file of one day writes its day in words', () => {
  const { rates, faults } = readEcbRates('Date, USD, JPY, \n30 January 2026, 1.1919, 183.59, \n')
  assert.deepEqual(
    [rates.map(({ day, currency, rate }) => `${day} ${currency} ${rate}`), faults],
    [['2026-01-30 USD 1.1919', '2026-01-30 JPY 183.59'], []],
  )
  assert.deepEqual(readEcbRates('<html>').faults, ['line 1: the heading begins with Date, as in eurofxref-hist.csv'])
})
