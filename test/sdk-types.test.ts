/** What the SDK takes and gives is typed by route: what follows compiles, and what is wrong does not. Nothing is asked here. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AnswerOf, BodyOf, Customer, ItemOf, Kvit } from '../packages/sdk/src/index.ts'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const isSame = <A, B>(same: Same<A, B>): boolean => same

/** Never called. */
async function rightAndWrong(kvit: Kvit): Promise<void> {
  const invoice = await kvit.get('/v1/invoices/{reference}', { reference: 'INV-1', expand: ['customer'] })
  const amount: string | undefined = invoice.document.lines[0]?.amount
  const state: 'issued' | 'partially_paid' | 'paid' | 'written_off' | 'void' = invoice.state
  await kvit.get('/v1/me')
  await kvit.post('/v1/customers', { body: { key: 'a', name: String(amount ?? state), email: undefined } })
  for await (const customer of kvit.list('/v1/customers', { text: 'a', metadata: { region: 'eu' } }))
    customer.key.trim()
  for await (const event of kvit.events({ types: ['invoice.*', 'payment.recorded'] })) {
    if (event.type === 'payment.recorded') event.data.amount.trim()
    // @ts-expect-error other types do not come
    if (event.type === 'customer.created') return
  }
  // @ts-expect-error there is no such route
  await kvit.get('/v1/invoicez')
  // @ts-expect-error which invoice
  await kvit.get('/v1/invoices/{reference}')
  // @ts-expect-error no such state
  kvit.list('/v1/invoices', { state: 'opn' })
  // @ts-expect-error no list
  kvit.list('/v1/me')
  // @ts-expect-error no body
  await kvit.post('/v1/customers')
  // @ts-expect-error a field that there is not
  await kvit.post('/v1/customers', { body: { key: 'a', name: 'A', nme: 'x' } })
  // @ts-expect-error an amount is a text
  await kvit.post('/v1/payments', { body: { account: '1', amount: 5, currency: 'EUR', method: 'cash' } })
  // @ts-expect-error a file is no JSON
  await kvit.get('/v1/invoices/{reference}/pdf', { reference: 'INV-1' })
  // @ts-expect-error JSON is no file
  await kvit.download('/v1/invoices/{reference}', { reference: 'INV-1' })
  // @ts-expect-error answers are read only
  invoice.state = 'paid'
}

test('routes are typed by method and address', () => {
  assert.equal(typeof rightAndWrong, 'function')
  assert.ok(isSame<ItemOf<'/v1/customers'>, Customer>(true))
  assert.ok(isSame<AnswerOf<'get', '/v1/customers/{reference}'>, Customer>(true))
  assert.ok(isSame<BodyOf<'post', '/v1/invoices/{reference}/write-off'>['reason'], string>(true))
  assert.ok(isSame<BodyOf<'get', '/v1/me'>, undefined>(true))
})
