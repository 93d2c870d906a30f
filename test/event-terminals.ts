import type { Json } from '../src/cli/client.ts'
import type { EventWalk } from './event-walk.ts'
import type { TestKvit } from './harness.ts'
import { NETWORK, send, sign } from './terminal-world.ts'

/** Walks through payments at terminals: the network, a payment that is refused, one that is taken and cancelled, a registry. */
export async function walkTerminals(kvit: TestKvit, walk: EventWalk): Promise<void> {
  const put = 'PUT /v1/terminal-networks/{name}'
  await walk.ask(put, { name: 'kiosk' }, { body: NETWORK }, ['terminal_network.created'])
  await walk.ask(put, { name: 'kiosk' }, { body: NETWORK }, ['terminal_network.updated'])
  const fields = { command: 'pay', txn_id: 'walk-1', account: 'payer', sum: '3.00' }
  for (const one of [fields, { ...fields, sum: '4.00' }])
    await send(kvit, 'walk', 'kiosk', { query: new URLSearchParams(sign(one) as Record<string, string>).toString() })
  const [paid] = await kvit.client.list<Json>('/v1/terminal-payments')
  const told = (await walk.news()).map(({ type }) => type)
  for (const type of ['terminal_payment.received', 'terminal_payment.refused'])
    if (!told.includes(type)) throw new Error(`${type} is not among ${told.join(', ')}`)
  await walk.ask(
    'POST /v1/terminal-payments/{id}/cancel',
    { id: String(paid?.['id']) },
    { body: { reason: 'asked' } },
    ['terminal_payment.cancelled', 'payment.reversed'],
  )
  const registry = { key: 'R-1', from: '2026-02-10', until: '2026-02-11', text: 'Receipt;Sum;Fee\nx;1,00;0,10\n' }
  await walk.ask('POST /v1/terminal-networks/{name}/registries', { name: 'kiosk' }, { body: registry }, [
    'terminal_registry.compared',
  ])
}
