/** A tenant that sends documents: its mail server, its access point, its folder, and customers who get them in different ways. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import type { ParsedMail } from 'mailparser'
import { type AccessPointTrouble, FakeAccessPoint } from '../packages/fakes/src/fake-access-point.ts'
import { FakeMailServer, type MailTrouble } from '../packages/fakes/src/fake-mail-server.ts'
import type { Client, Json } from '../src/cli/client.ts'
import { commandsOf } from './command-line.ts'
import { CALLS, startKvit, type TestKvit } from './harness.ts'
import { until } from './test-postgres.ts'

export const PASSWORD = 'open sesame'
export const BERLIN = { country: 'DE', city: 'Berlin', postcode: '10115', lines: ['Example Street 1'] }

export interface Delivery extends Json {
  readonly id: string
  readonly state: string
  readonly reason: string | null
  readonly said: string | null
}
interface WithAttempts extends Delivery {
  readonly attempts: readonly Json[]
}

/** What goes wrong with the next message, and the next request. */
interface Troubles {
  mail: MailTrouble
  point: AccessPointTrouble
}

export interface DeliveryWorld extends TestKvit {
  readonly mail: FakeMailServer
  readonly point: FakeAccessPoint
  readonly troubles: Troubles
  readonly deliveryFolder: string
  /** Settings of the mail server. */
  readonly mailValues: Json
  readonly command: (...args: string[]) => Promise<string>
  readonly deliveriesOf: (reference: string) => Promise<Delivery[]>
  /** Resolves when a delivery is in one of these states. */
  readonly ended: (id: string, ...states: readonly string[]) => Promise<WithAttempts>
  readonly send: (reference: string, body: Json, path?: string) => Promise<Delivery>
  readonly mailsTo: (address: string) => ParsedMail[]
}

export async function startDeliveries(tenant: string): Promise<DeliveryWorld> {
  const troubles: Troubles = { mail: 'none', point: 'none' }
  const once = <Kind extends keyof Troubles>(kind: Kind): Troubles[Kind] => {
    const now = troubles[kind]
    troubles[kind] = 'none' as Troubles[Kind]
    return now
  }
  const mail = new FakeMailServer({ login: { user: 'billing', password: PASSWORD }, trouble: () => once('mail') })
  const point = new FakeAccessPoint(() => once('point'))
  const deliveryFolder = await mkdtemp(join(tmpdir(), 'kvit-deliveries-'))
  after(async () => {
    await Promise.all([mail.close(), point.close(), rm(deliveryFolder, { recursive: true, force: true })])
  })
  const port = await mail.listen()
  const kvit = await startKvit(tenant, '2026-02-01T06:00:00Z', undefined, undefined, {
    ...{ peppolUrl: await point.listen(), deliveryFolder, privateHosts: [`localhost:${port}`] },
  })
  const { client } = kvit
  const mailValues = {
    ...{ host: 'localhost', port, security: 'none', user: 'billing' },
    ...{ fromName: 'Seller', fromAddress: 'billing@example.com' },
  }
  await client.post('/v1/settings/mail', { values: mailValues, secrets: { password: PASSWORD } }, 'PUT')
  const secrets = { apiKey: point.apiKey, callbackSecret: point.callbackSecret }
  await client.post('/v1/settings/peppol', { values: { sender: 'london' }, secrets }, 'PUT')
  await addParties(client)
  return {
    ...{ ...kvit, mail, point, troubles, deliveryFolder, mailValues, command: commandsOf(kvit.app, tenant) },
    deliveriesOf: async (reference) =>
      (await client.get<{ items: Delivery[] }>(`/v1/invoices/${reference}/deliveries`)).items,
    ended: async (id, ...states) => {
      let found: WithAttempts | undefined
      await until(`the delivery is ${states.join(' or ')}`, async () => {
        found = await client.get<WithAttempts>(`/v1/deliveries/${id}`)
        return states.includes(found.state)
      })
      return found as WithAttempts
    },
    send: async (reference, body, path = 'invoices') =>
      client.post(`/v1/${path}/${reference}/deliveries`, body) as Promise<Delivery>,
    mailsTo: (address) => mail.inbox.filter(({ to }) => [to].flat()[0]?.text === address),
  }
}

/** `city` is in Peppol, `olha` has an e-mail address, `bare` has none, `quiet` wants nothing by itself. */
async function addParties(client: Client): Promise<void> {
  await client.post('/v1/catalog', { files: [{ name: 'plans.yaml', text: CALLS }] })
  await client.post('/v1/issuers', {
    ...{ key: 'seller', name: 'Seller', address: 'Berlin', postalAddress: BERLIN, invoiceSeries: 'R' },
    ...{ registrations: [{ country: 'DE', number: 'DE136695976', from: '2020-01-01' }] },
    electronicAddress: { scheme: '9930', id: 'DE136695976' },
    contact: { name: 'Accounts', telephone: '+49 30 1234567', email: 'billing@example.com' },
    bankAccounts: [{ currency: 'EUR', iban: 'DE71 1102 2033 0123 4567 89', bic: 'BHBLDEHHXXX' }],
  })
  const customers: Readonly<Record<string, Json>> = {
    city: {
      ...{ kind: 'business', electronicAddress: { scheme: '0204', id: '992-90009-96' }, email: 'city@example.com' },
      einvoice: { specification: 'peppol', buyerReference: 'B-1' },
    },
    olha: { kind: 'consumer', email: 'olha@example.com', language: 'uk' },
    bare: { kind: 'consumer' },
    quiet: { kind: 'consumer', email: 'quiet@example.com' },
  }
  for (const [key, customer] of Object.entries(customers)) {
    await client.post('/v1/customers', { key, name: `Customer ${key}`, postalAddress: BERLIN, ...customer })
    const cycle = { currency: 'EUR', zone: 'UTC', cycleAnchor: '2026-01-01' }
    await client.post('/v1/accounts', { key, customer: key, issuer: 'seller', ...cycle })
    await client.post('/v1/services', { key, account: key, validFrom: '2026-01-01T00:00:00Z' })
    const terms = { plan: 'basic', alignment: 'calendar', startsAt: '2026-02-01T00:00:00Z' }
    await client.post('/v1/subscriptions', { key, account: key, ...terms })
  }
}
