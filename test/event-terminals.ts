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

/** And through a shift at a cash desk. */
export async function walkCash(walk: EventWalk): Promise<void> {
  const put = 'PUT /v1/cash-desks/{key}'
  const body = { name: 'Front', issuer: 'op', currency: 'EUR', zone: 'UTC' }
  await walk.ask(put, { key: 'front' }, { body }, ['cash_desk.created'])
  await walk.ask(put, { key: 'front' }, { body }, ['cash_desk.updated'])
  const moved = { key: 'cash-1', kind: 'safe_in', amount: '50.00', reason: 'first cash' }
  await walk.ask('POST /v1/cash-desks/{key}/movements', { key: 'front' }, { body: moved }, ['cash_movement.recorded'])
  await walk.ask('POST /v1/cash-desks/{key}/shift', { key: 'front' }, { body: { float: '20.00' } }, [
    'cash_shift.opened',
  ])
  const paid = { key: 'cash-2', account: 'payer', amount: '3.00' }
  await walk.ask('POST /v1/cash-desks/{key}/receipts', { key: 'front' }, { body: paid }, [
    'cash_receipt.issued',
    'payment.recorded',
  ])
  const cancel = 'POST /v1/cash-receipts/{reference}/cancel'
  await walk.ask(cancel, { reference: 'cash-2' }, { body: { reason: 'no' } }, [
    'cash_receipt.cancelled',
    'payment.reversed',
  ])
  await walk.ask('POST /v1/cash-desks/{key}/shift/close', { key: 'front' }, { body: { counted: '20.00' } }, [
    'cash_shift.closed',
  ])
}
