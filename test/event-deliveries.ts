import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { FakeAccessPoint } from '../packages/fakes/src/fake-access-point.ts'
import { FakeMailServer } from '../packages/fakes/src/fake-mail-server.ts'
import { FakeStripe } from '../packages/fakes/src/fake-stripe.ts'
import { walkNotices } from './event-notices.ts'
import type { EventWalk } from './event-walk.ts'
import type { TestConfig, TestKvit } from './harness.ts'

/** Peers of the walk: a payment provider, and where documents go: a folder, an access point, and a mail server that never says whether it took one. */
export async function deliveryPeers(): Promise<DeliveryPeers> {
  const stripe = new FakeStripe()
  const point = new FakeAccessPoint()
  const mail = new FakeMailServer({ trouble: () => 'vanishes' })
  const deliveryFolder = await mkdtemp(join(tmpdir(), 'kvit-walk-'))
  after(async () => {
    stripe.close()
    await Promise.all([point.close(), mail.close(), rm(deliveryFolder, { recursive: true, force: true })])
  })
  const mailPort = await mail.listen()
  const settings = {
    stripeUrl: await stripe.listen(),
    peppolUrl: await point.listen(),
    deliveryFolder,
    privateHosts: [`localhost:${mailPort}`],
  }
  return { stripe, point, mailPort, settings }
}

export interface DeliveryPeers {
  readonly stripe: FakeStripe
  readonly point: FakeAccessPoint
  readonly mailPort: number
  readonly settings: Partial<TestConfig>
}

/** Documents that go into a folder, that have no address, and that nobody says anything of. */
export async function walkDeliveries(
  { client }: TestKvit,
  walk: EventWalk,
  { point, mailPort }: DeliveryPeers,
): Promise<void> {
  const [invoice] = await client.list('/v1/invoices')
  const reference = String(invoice?.['id'])
  const preference = 'PUT /v1/customers/{reference}/delivery-preference'
  await walk.ask(preference, { reference: 'ann' }, { body: { formats: ['pdf'] } }, ['delivery_preference.set'])
  const deliver = 'POST /v1/invoices/{reference}/deliveries'
  await walk.ask(deliver, { reference }, { body: { transport: 'folder' } }, ['document.sent', 'document.delivered'])
  const failed = await walk.ask(deliver, { reference }, { body: { transport: 'email' } }, ['document.failed'])
  await walk.ask('POST /v1/deliveries/{id}/retry', { id: String(failed['id']) }, {}, ['document.failed'])
  const proForma = await client.post('/v1/pro-forma-invoices', {
    ...{ key: 'delivered', account: 'ann', lines: [{ description: 'A modem', quantity: '1', unitPrice: '10.00' }] },
  })
  const shown = 'POST /v1/pro-forma-invoices/{reference}/deliveries'
  const body = { transport: 'email', to: 'ann@example.org' }
  await walk.ask(shown, { reference: String(proForma['id']) }, { body }, ['document.failed'])
  const values = { host: 'localhost', port: mailPort, security: 'none', fromName: 'Op', fromAddress: 'op@example.org' }
  await walk.ask('PUT /v1/settings/mail', {}, { body: { values } }, ['settings.changed'])
  const again = { transport: 'email', key: 'again' }
  await walk.ask(deliver, { reference }, { body: again }, ['document.unknown'])
  const secrets = { apiKey: point.apiKey, callbackSecret: point.callbackSecret }
  await walk.ask('PUT /v1/settings/peppol', {}, { body: { values: {}, secrets } }, ['settings.changed'])
  const { headers, body: raw } = point.callback({ id: 'nobody-1' }, Date.now())
  const callback = 'POST /v1/callbacks/{tenant}/peppol'
  await walk.ask(callback, { tenant: 'walk' }, { raw: raw.toString(), headers: headers as Record<string, string> }, [])
  for (const name of ['mail', 'peppol']) await walk.ask(`DELETE /v1/settings/${name}`, {}, {}, ['settings.removed'])
  await walkNotices(walk)
}
