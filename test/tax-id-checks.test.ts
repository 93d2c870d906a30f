/** Registers of tax ids: the contract of the port, VIES as it is documented, and through the door what is kept of its answers. */
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { FakeTaxIdRegister } from '../packages/fakes/src/fake-tax-id-register.ts'
import { type RegisterUnderTest, TAX_ID_CONTRACT } from '../packages/fakes/src/tax-id-contract.ts'
import { viesRegister } from '../src/adapters/vies/vies-register.ts'
import type { Json } from '../src/cli/client.ts'
import type { TaxIdRegister } from '../src/modules/tax-ids/ports.ts'
import { runCommand } from './command-line.ts'
import { startKvit } from './harness.ts'

const GIVEN = 'FR40303265045'
const UNKNOWN = 'BE0400853488'
const ASKER = 'DE136695976'
const WAITING = new AbortController().signal

/** What VIES says, as documented: to a number that was given, to another, and when the office of a country is away. */
let vies: 'well' | 'away' | 'silent' | 'html' = 'well'
const questions: Json[] = []
const server = createServer((request, response) => {
  const pieces: Buffer[] = []
  request.on('data', (piece: Buffer) => pieces.push(piece))
  request.on('end', () => {
    const question = JSON.parse(Buffer.concat(pieces).toString('utf8')) as Json
    questions.push({ path: request.url, ...question })
    if (vies === 'silent') return
    response.setHeader('content-type', vies === 'html' ? 'text/html' : 'application/json')
    if (vies === 'html') return response.end('<html>Maintenance</html>')
    if (vies === 'away') {
      response.statusCode = 500
      return response.end('{"actionSucceed":false,"errorWrappers":[{"error":"MS_UNAVAILABLE"}]}')
    }
    const { countryCode, vatNumber, requesterNumber } = question
    const valid = `${countryCode}${vatNumber}` === GIVEN
    const told = { countryCode, vatNumber, requestDate: '2026-02-01T06:00:00.000Z', valid, address: '---' }
    const requestIdentifier = requesterNumber === undefined ? '' : 'WAPIAAAAX1'
    return response.end(JSON.stringify({ ...told, requestIdentifier, name: valid ? 'EXEMPLE SARL' : '---' }))
  })
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
after(() => {
  server.closeAllConnections()
  server.close()
})
const viesUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/rest-api`
const { app, client, request } = await startKvit('taxids', '2026-02-01T06:00:00Z', undefined, undefined, { viesUrl })
await client.post('/v1/issuers', {
  ...{ key: 'seller', name: 'Seller', address: 'Berlin', postalAddress: { country: 'DE' } },
  registrations: [{ country: 'DE', number: ASKER, from: '2020-01-01' }],
})
await client.post('/v1/customers', { key: 'acme', name: 'Acme', taxIds: [GIVEN, 'CHE100155212MWST', UNKNOWN] })
await client.post('/v1/customers', { key: 'none', name: 'None', taxIds: ['CHE100155212MWST'] })

const known = { given: GIVEN, unknown: UNKNOWN, asker: ASKER }
const ADAPTERS: Readonly<Record<string, () => Promise<RegisterUnderTest>>> = {
  fake: async () => {
    let isAway = false
    const register = new FakeTaxIdRegister([GIVEN], () => (isAway ? 'away' : 'none'))
    return { ...known, register, breakIt: () => (isAway = true) }
  },
  vies: async () => {
    vies = 'well'
    return { ...known, register: viesRegister(viesUrl), breakIt: () => (vies = 'away') }
  },
}
for (const [name, make] of Object.entries(ADAPTERS))
  for (const { rule, check } of TAX_ID_CONTRACT) test(`${name}: ${rule}`, async () => check(make))

/** Adapters that are wrong, each in one way. */
const BROKEN: Readonly<Record<string, (right: TaxIdRegister) => TaxIdRegister['ask']>> = {
  'takes no answer for a no': (right) => async (question, signal) => {
    const answer = await right.ask(question, signal)
    const nothing = { consultation: null, name: null, address: null }
    return answer.verdict === 'no_answer' ? { verdict: 'invalid', ...nothing } : answer
  },
  'says yes to all': () => async () => ({ verdict: 'valid', consultation: '1', name: null, address: null }),
  'does not say who asks':
    (right) =>
    async ({ taxId }, signal) =>
      right.ask({ taxId, askedFor: null }, signal),
  'throws when nobody waits': (right) => async (question, signal) => {
    signal.throwIfAborted()
    return right.ask(question, signal)
  },
}
for (const [name, broken] of Object.entries(BROKEN))
  test(`the contract finds an adapter that ${name}`, async () => {
    const make = async (): Promise<RegisterUnderTest> => {
      const made = await (ADAPTERS['fake'] as () => Promise<RegisterUnderTest>)()
      return { ...made, register: { name, ask: broken(made.register) } }
    }
    const results = await Promise.allSettled(TAX_ID_CONTRACT.map(async ({ check }) => check(make)))
    assert.ok(results.some(({ status }) => status === 'rejected'))
  })

test('a page of maintenance, silence and a closed port are no answer', async () => {
  const question = { taxId: GIVEN, askedFor: null }
  vies = 'html'
  assert.equal((await viesRegister(viesUrl).ask(question, WAITING)).verdict, 'no_answer')
  vies = 'silent'
  const silent = await viesRegister(viesUrl).ask(question, AbortSignal.timeout(50))
  assert.deepEqual(silent, { verdict: 'no_answer', reason: 'it did not answer in time' })
  const closed = await viesRegister('http://127.0.0.1:1').ask(question, WAITING)
  assert.deepEqual(closed, { verdict: 'no_answer', reason: 'it could not be reached' })
})

test('answers are kept with their proof, shown, listed and exported; no answer is kept, too', async () => {
  vies = 'well'
  questions.length = 0
  const env = { KVIT_URL: app.url, KVIT_KEY: app.rootKey, KVIT_TENANT: 'taxids' }
  const run = async (...args: string[]): Promise<string> => {
    const { code, out, err } = await runCommand(args, env)
    assert.equal(code, 0, err)
    return out
  }
  const told = await run('customer', 'check-tax-id', 'acme', '--issuer', 'seller')
  assert.match(told, /FR40303265045 +valid +WAPIAAAAX1 +EXEMPLE SARL/)
  assert.match(told, /BE0400853488 +invalid/)
  // The Swiss number is not asked for.
  const asker = { path: '/rest-api/check-vat-number', requesterMemberStateCode: 'DE', requesterNumber: '136695976' }
  assert.deepEqual(
    questions.toSorted((a, b) => (String(a['countryCode']) < String(b['countryCode']) ? -1 : 1)),
    [
      { ...asker, countryCode: 'BE', vatNumber: '0400853488' },
      { ...asker, countryCode: 'FR', vatNumber: '40303265045' },
    ],
  )
  vies = 'away'
  const { items } = await client.post<{ items: readonly Json[] }>('/v1/customers/acme/tax-id-checks', { taxId: GIVEN })
  const [away] = items as [Json]
  assert.deepEqual([away['verdict'], away['reason'], away['askedFor']], ['no_answer', 'MS_UNAVAILABLE', null])
  const kept = await client.list('/v1/tax-id-checks?customer=acme')
  assert.deepEqual(
    kept.map(({ taxId, verdict, consultation, askedFor }) => [taxId, verdict, consultation, askedFor]),
    [
      [GIVEN, 'valid', 'WAPIAAAAX1', ASKER],
      [UNKNOWN, 'invalid', 'WAPIAAAAX1', ASKER],
      [GIVEN, 'no_answer', null, null],
    ],
  )
  assert.equal((await client.list('/v1/tax-id-checks?verdict=invalid')).length, 1)
  assert.match(await run('customer', 'tax-id-checks', '--customer', 'acme'), /MS_UNAVAILABLE/)
  const exported = await client.list('/v1/customers/acme/personal-data')
  assert.equal(exported.filter(({ kind }) => kind === 'check of a tax id').length, 3)
})

test('a customer without a number of the Union, another number, and an issuer that is nobody there are refused', async () => {
  const refused = async (customer: string, body: Json): Promise<string> => {
    const { status, text } = await request('POST', `/v1/customers/${customer}/tax-id-checks`, { body })
    assert.equal(status, 422, text)
    return text
  }
  assert.match(await refused('none', {}), /no VAT number of the European Union/)
  assert.match(await refused('acme', { taxId: 'DE136695976' }), /no tax id DE136695976/)
  await client.post('/v1/issuers', { key: 'abroad', name: 'Abroad', address: 'Kyiv' })
  assert.match(await refused('acme', { issuer: 'abroad' }), /no VAT registration in the European Union/)
})
