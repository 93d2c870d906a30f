import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SegmentFacts } from './segment.ts'
import { decodeFacts, encodeFacts } from './segment-codec.ts'

/** What the columns of a segment can hold: texts beyond ASCII, times before 1970, integers at and beyond 50 and 64 bits. */
const FACTS: SegmentFacts = {
  counts: { received: 5, charged: 3, duplicates: 1, suspended: 1, recycled: 0, corrected: 1 },
  changes: ['["taken_back"]'],
  change: [0, 0, 1],
  sources: ['a', 'ґ'],
  services: ['svc-1', 'сервіс'],
  types: ['call', 'level'],
  subscriptions: ['0190a000-0000-7000-8000-0000000000ff', '0190a000-0000-7000-8000-0000000000fe'],
  cells: [
    ['0190a000-0000-7000-8000-000000000001', 'calls', 'night'],
    ['0190a000-0000-7000-8000-000000000001', 'disk', ''],
  ],
  measures: [2, 1],
  id: ['1', 'Їжак 😀', ''],
  data: ['{"minutes":1.5}', '{}', '{"n":3}'],
  ...{ source: [0, 1, 0], service: [0, 1, 0], type: [0, 1, 0], subscription: [0, 1, 0] },
  startMs: [1767225600000, 1767225500000, -5],
  endMs: [1767225660000, Number.NaN, -5],
  ...{ chargeRecord: [0, 1, 1, 2], chargeRateKey: [0, 1, 1, 0], chargePeriod: [20454, 20454, 20485, -31] },
  chargeMeasures: [90n, 1n, 744n, -(2n ** 70n), -90n, -1n],
  chargeAmount: [2n ** 49n, -(2n ** 50n), 2n ** 63n - 1n, -(2n ** 63n) - 1n],
  ...{ observedCharge: [1, 2], observedValue: [7n, -7n], observedMs: [1767225500000, -1], observedMark: [0, 2 ** 40] },
  accounts: ['0190a000-0000-7000-8000-0000000000aa', '0190a000-0000-7000-8000-0000000000ab'],
  units: ['MB'],
  accountFacts: ['{"fact":"crossed","ї":1}'],
  ...{ moveKind: [3, 0, 1], moveAccount: [0, 0, 1], moveMember: [1, 0, 1], movePeriod: [20454, 0, -1] },
  ...{ moveLot: [1, 0, 2 ** 40], moveUnit: [0, 0, 1], moveSource: [2, 0, 0], moveRecord: [1, 0, 0] },
  moveRemaining: [-(10n ** 30n), 0n, 5n],
  moveHeld: [0n, 0n, -1n],
}
const WITHOUT_CORRECTIONS: SegmentFacts = { ...FACTS, changes: [], change: [0, 0, 0] }

/** The same facts as they were encoded before columns derived from one list. Segments are hashed: these bytes stay as they are. */
const STORED = [
  'rAN7ImNvdW50cyI6eyJyZWNlaXZlZCI6NSwiY2hhcmdlZCI6MywiZHVwbGljYXRlcyI6MSwic3VzcGVuZGVkIjoxLCJyZWN5Y2xlZCI6MCwiY29y',
  'cmVjdGVkIjoxfSwic291cmNlcyI6WyJhIiwi0pEiXSwidHlwZXMiOlsiY2FsbCIsImxldmVsIl0sImNlbGxzIjpbWyIwMTkwYTAwMC0wMDAwLTcw',
  'MDAtODAwMC0wMDAwMDAwMDAwMDEiLCJjYWxscyIsIm5pZ2h0Il0sWyIwMTkwYTAwMC0wMDAwLTcwMDAtODAwMC0wMDAwMDAwMDAwMDEiLCJkaXNr',
  'IiwiIl1dLCJtZWFzdXJlcyI6WzIsMV0sImNoYW5nZXMiOlsiW1widGFrZW5fYmFja1wiXSJdLCJ1bml0cyI6WyJNQiJdLCJyZWNvcmRzIjozLCJj',
  'aGFyZ2VzIjo0LCJvYnNlcnZlZCI6MiwiYWNjb3VudHMiOjIsImFjY291bnRGYWN0cyI6MSwibW92ZXMiOjMsInNlcnZpY2VzIjoyLCJzdWJzY3Jp',
  'cHRpb25zIjoyfQUGEXN2Yy0x0YHQtdGA0LLRltGBIAGQoAAAAHAAgAAAAAAAAP8BkKAAAABwAIAAAAAAAAD+AQcADjHQh9C20LDQuiDwn5iADwIH',
  'GHsibWludXRlcyI6MS41fXt9eyJuIjozfQABAAABAAABAAABAICg1e3uZr+aDMmFye3uZuHUAwABAAEBAgABAQDMvwLMvwKKwAI96AIEoBcDFy0x',
  'MTgwNTkxNjIwNzE3NDExMzAzNDI05gICgICAgICAgAQBAAAAAAAA/P8B/////////38DFC05MjIzMzcyMDM2ODU0Nzc1ODA5AQIAgICAgIAgwIXJ',
  '7e5mARwaIAGQoAAAAHAAgAAAAAAAAKoBkKAAAABwAIAAAAAAAACrGBl7ImZhY3QiOiJjcm9zc2VkIiwi0ZciOjF9AwABAAABAQABzL8CAAEBAICA',
  'gICAIAAAAQIAAAEAAAMgLTEwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAAFAAAAgAAAQ==',
].join('')
const STORED_WITHOUT_CORRECTIONS = [
  'jQN7ImNvdW50cyI6eyJyZWNlaXZlZCI6NSwiY2hhcmdlZCI6MywiZHVwbGljYXRlcyI6MSwic3VzcGVuZGVkIjoxLCJyZWN5Y2xlZCI6MCwiY29y',
  'cmVjdGVkIjoxfSwic291cmNlcyI6WyJhIiwi0pEiXSwidHlwZXMiOlsiY2FsbCIsImxldmVsIl0sImNlbGxzIjpbWyIwMTkwYTAwMC0wMDAwLTcw',
  'MDAtODAwMC0wMDAwMDAwMDAwMDEiLCJjYWxscyIsIm5pZ2h0Il0sWyIwMTkwYTAwMC0wMDAwLTcwMDAtODAwMC0wMDAwMDAwMDAwMDEiLCJkaXNr',
  'IiwiIl1dLCJtZWFzdXJlcyI6WzIsMV0sInVuaXRzIjpbIk1CIl0sInJlY29yZHMiOjMsImNoYXJnZXMiOjQsIm9ic2VydmVkIjoyLCJhY2NvdW50',
  'cyI6MiwiYWNjb3VudEZhY3RzIjoxLCJtb3ZlcyI6Mywic2VydmljZXMiOjIsInN1YnNjcmlwdGlvbnMiOjJ9BQYRc3ZjLTHRgdC10YDQstGW0YEg',
  'AZCgAAAAcACAAAAAAAAA/wGQoAAAAHAAgAAAAAAAAP4BBwAOMdCH0LbQsNC6IPCfmIAPAgcYeyJtaW51dGVzIjoxLjV9e317Im4iOjN9AAEAAAEA',
  'AAEAAAEAgKDV7e5mv5oMyYXJ7e5m4dQDAAEAAQECAAEBAMy/Asy/AorAAj3oAgSgFwMXLTExODA1OTE2MjA3MTc0MTEzMDM0MjTmAgKAgICAgICA',
  'BAEAAAAAAAD8/wH/////////fwMULTkyMjMzNzIwMzY4NTQ3NzU4MDkBAgCAgICAgCDAhcnt7mYBHBogAZCgAAAAcACAAAAAAAAAqgGQoAAAAHAA',
  'gAAAAAAAAKsYGXsiZmFjdCI6ImNyb3NzZWQiLCLRlyI6MX0DAAEAAAEBAAHMvwIAAQEAgICAgIAgAAABAgAAAQAAAyAtMTAwMDAwMDAwMDAwMDAw',
  'MDAwMDAwMDAwMDAwMDAwMAAUAAAC',
].join('')

for (const [name, facts, stored] of [
  ['with corrections', FACTS, STORED],
  ['without corrections', WITHOUT_CORRECTIONS, STORED_WITHOUT_CORRECTIONS],
] as const) {
  test(`a segment ${name} has the bytes that journals of before have, and is read out of them`, () => {
    assert.equal(encodeFacts(facts).toString('base64'), stored)
    assert.deepEqual(decodeFacts(Buffer.from(stored, 'base64')), facts)
  })
}

test('the effects of a segment are read without what its records say', () => {
  const effects = decodeFacts(Buffer.from(STORED, 'base64'), false)
  const described = { id: [], data: [], source: [], service: [], type: [], startMs: [], endMs: [] }
  assert.deepEqual(effects, { ...FACTS, ...described })
})
