/** A server is killed after a peer took a document and before it could say so: an access point is asked, and a mail server gets nothing a second time. */
import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { after, test } from 'node:test'
import { type AccessPointTrouble, FakeAccessPoint } from '../packages/fakes/src/fake-access-point.ts'
import { FakeMailServer, type MailTrouble } from '../packages/fakes/src/fake-mail-server.ts'
import { Client, type Json } from '../src/cli/client.ts'
import { CALLS, checkHolds, testConfig } from './harness.ts'
import { ServerProcess } from './server-process.ts'
import { until } from './test-postgres.ts'

let pointTrouble: AccessPointTrouble = 'silent'
let mailTrouble: MailTrouble = 'silent'
const point = new FakeAccessPoint(() => pointTrouble)
const mail = new FakeMailServer({ trouble: () => mailTrouble })
const port = await mail.listen()
process.env['KVIT_PEPPOL_URL'] = await point.listen()
process.env['KVIT_PRIVATE_HOSTS'] = `localhost:${port}`
const config = await testConfig()
const server = new ServerProcess(config)
after(async () => {
  await server.kill()
  await Promise.all([point.close(), mail.close(), rm(config.dataDir, { recursive: true, force: true })])
})
await server.start()
const client = new Client(config, 'killed', 400)
await client.post('/v1/tenants', { name: 'killed', clock: '2026-02-01T06:00:00Z' })
await client.post('/v1/catalog', { files: [{ name: 'plans.yaml', text: CALLS }] })
const PLACE = { country: 'NL', city: 'Utrecht', postcode: '3511', lines: ['Straat 1'] }
await client.post('/v1/issuers', {
  ...{ key: 'seller', name: 'Seller', address: 'Utrecht', postalAddress: PLACE },
  ...{ registrations: [{ country: 'NL', number: 'NL004495445B01', from: '2020-01-01' }] },
  electronicAddress: { scheme: '0106', id: '12345678' },
})
await client.post('/v1/customers', {
  ...{ key: 'shop', name: 'Shop', kind: 'business', postalAddress: PLACE, purchaseOrder: 'PO-1' },
  ...{ electronicAddress: { scheme: '0106', id: '87654321' }, email: 'shop@example.com' },
})
const cycle = { currency: 'EUR', zone: 'UTC', cycleAnchor: '2026-01-01' }
await client.post('/v1/accounts', { key: 'shop', customer: 'shop', issuer: 'seller', ...cycle })
const lines = [{ description: 'A modem', quantity: '1', unitPrice: '10.00' }]
await client.post('/v1/one-off-invoices', { key: 'one', account: 'shop', lines })
const [invoice] = (await client.list('/v1/invoices')) as [Json]
const secrets = { apiKey: point.apiKey, callbackSecret: point.callbackSecret }
await client.post('/v1/settings/peppol', { values: {}, secrets }, 'PUT')
const values = { host: 'localhost', port, security: 'none', fromName: 'Seller', fromAddress: 'billing@example.com' }
await client.post('/v1/settings/mail', { values }, 'PUT')

const send = async (transport: string): Promise<string> =>
  String((await client.post(`/v1/invoices/${invoice['id']}/deliveries`, { transport }))['id'])
interface Found extends Json {
  readonly state: string
  readonly attempts: readonly Json[]
}
async function afterKill(id: string, state: string): Promise<unknown[]> {
  await server.kill()
  pointTrouble = 'none'
  mailTrouble = 'none'
  await server.start()
  let found: Found | undefined
  await until(`the delivery is ${state}`, async () => {
    found = await client.get<Found>(`/v1/deliveries/${id}`)
    return found.state === state
  })
  return found?.attempts.map(({ kind, outcome }) => [kind, outcome]) ?? []
}

test('what the access point has is not sent again', async () => {
  const id = await send('peppol')
  await until('the access point has it', async () => point.sent.length === 1)
  assert.deepEqual(await afterKill(id, 'sent'), [
    ['send', 'unknown'],
    ['ask', 'sent'],
  ])
  assert.equal(point.sent.length, 1)
})

test('what a mail server may have is unknown, and told; it is sent again only by somebody', async () => {
  mailTrouble = 'silent'
  const id = await send('email')
  await until('the mail server has it', async () => mail.inbox.length === 1)
  assert.deepEqual(await afterKill(id, 'unknown'), [['send', 'unknown']])
  const told = async (): Promise<number> =>
    (await client.list<{ type: string }>('/v1/events')).filter(({ type }) => type === 'document.unknown').length
  await until('it is told', async () => (await told()) > 0)
  assert.equal(await told(), 1)
  assert.equal(mail.inbox.length, 1)
  await client.post(`/v1/deliveries/${id}/retry`, {})
  await until('it came again', async () => mail.inbox.length === 2)
  assert.equal(mail.inbox[0]?.messageId, mail.inbox[1]?.messageId)
  await until('it is sent', async () => (await client.get<Found>(`/v1/deliveries/${id}`)).state === 'sent')
  assert.deepEqual(await checkHolds(client), [])
})
