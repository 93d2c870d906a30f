import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareRegistry, type KnownTransaction, readRegistry } from './registry.ts'
import { maskedName, readRequest, signedText } from './request.ts'
import { writeXml } from './results.ts'

const TERMS = { currency: 'UAH', zone: 'Europe/Kyiv', minMinor: 100n, maxMinor: 10_000n }
const NOW = Date.parse('2026-02-10T12:00:00Z')

test('what is signed reads in one way alone: a value cannot look like another field', () => {
  assert.equal(
    signedText({ sum: '10.00', account: 'a&b=c d', sign: 'x', txn_id: '1' }),
    'account=a%26b%3Dc%20d&sum=10.00&txn_id=1',
  )
  assert.notEqual(signedText({ a: '1&b=2' }), signedText({ a: '1', b: '2' }))
})

test('local times are read by the zone of the network, also across its changes of clocks; what is no time is none', () => {
  const paid = (date: string, now = NOW): unknown => {
    const read = readRequest({ command: 'pay', txn_id: '1', account: '7', sum: '1.00', txn_date: date }, TERMS, now)
    return typeof read === 'string' ? read : new Date(read.paidMs ?? 0).toISOString()
  }
  assert.equal(paid('20260210140501'), '2026-02-10T12:05:01.000Z')
  assert.equal(paid('2026-02-10T14:05:01+02:00'), '2026-02-10T12:05:01.000Z')
  // Clocks go forward at 3:00 on 29 March: 3:30 is not there, and counts as 4:30.
  assert.equal(paid('20260329033000', Date.parse('2026-03-29T12:00:00Z')), '2026-03-29T01:30:00.000Z')
  for (const date of ['20260230120000', '2026021014', '20260212150000', '20251201000000', 'x'.repeat(1000)])
    assert.equal(paid(date), 'bad_date')
})

test('names are masked to their first letters, whatever they are written in', () => {
  assert.deepEqual(['Іван Петренко', '  a  ', '', '𝒜lice b'].map(maskedName), ['І*** П***', 'a***', '', '𝒜*** b***'])
})

test('XML has nothing in it that XML cannot have', () => {
  const text = writeXml({ reason: 'ok', txnId: '1', fields: { 'a"b': '\u0000\u0008<]]>\ud800\ufffe' } })
  assert.match(text, /<field1 name="a&quot;b">&lt;\]\]&gt;<\/field1>/)
})

test('generated registries: what agrees and differs is what a slow comparison of all pairs finds', () => {
  let seed = 7
  const random = (below: number): number => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed % below
  }
  for (let round = 0; round < 200; round++) {
    const known: KnownTransaction[] = Array.from({ length: random(8) }, (_, at) => ({
      ...{ txnId: `t${at}`, amountMinor: BigInt(random(3) + 1), isPaid: random(4) > 0 },
    }))
    const rows = Array.from({ length: random(8) }, () => ({
      txnId: `t${random(10)}`,
      sumMinor: BigInt(random(3) + 1),
      feeMinor: 0n,
    }))
    const days = known.filter(() => random(2) === 0)
    const byId = new Map(known.map((one) => [one.txnId, one]))
    const { agreed, differences } = compareRegistry(rows, byId, new Set(days.map(({ txnId }) => txnId)))
    const expected = rows.map(({ txnId, sumMinor }, at) => {
      if (rows.findIndex((row) => row.txnId === txnId) < at) return `twice_there ${txnId}`
      const here = known.find((one) => one.txnId === txnId)
      if (here === undefined) return `missing_here ${txnId}`
      if (!here.isPaid) return `cancelled_here ${txnId}`
      return here.amountMinor === sumMinor ? `agreed ${txnId}` : `other_sum ${txnId}`
    })
    for (const { txnId, isPaid } of days)
      if (isPaid && !rows.some((row) => row.txnId === txnId)) expected.push(`missing_there ${txnId}`)
    const found = [
      ...agreed.map(({ txnId }) => `agreed ${txnId}`),
      ...differences.map(({ kind, txnId }) => `${kind} ${txnId}`),
    ]
    assert.deepEqual(found.toSorted(), expected.toSorted())
  }
})

test('registries are read by their mapping: commas, quotes, blanks in thousands, lines before the headings; a wrong line is named', () => {
  const mapping = {
    delimiter: ';',
    decimalSign: ',',
    skipLines: 1,
    columns: { txnId: 'Id', sum: 'Sum', fee: 'Fee' },
  } as const
  const text = '\ufeffRegistry\r\nId;Sum;Fee\r\n17;"1 234,50";0,5\r\n\r\n18;2;\r\n'
  assert.deepEqual(readRegistry(text, mapping, 'UAH'), [
    { txnId: '17', sumMinor: 123_450n, feeMinor: 50n },
    { txnId: '18', sumMinor: 200n, feeMinor: 0n },
  ])
  assert.match(String(readRegistry(`${text}19;x;\r\n`, mapping, 'UAH')), /^line 6: Sum is no amount/)
  assert.match(String(readRegistry('a\nId;Fee\n', mapping, 'UAH')), /^line 2: there is no column Sum/)
})
