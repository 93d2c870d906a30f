/** SEPA through the door: mandates, collections, what the bank refuses and gives back, refunds by transfer. Amounts are written out. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readXml } from '../src/adapters/xml/read-xml.ts'
import type { Json } from '../src/cli/client.ts'
import { camt } from './bank-files-made.ts'
import { BankWorld } from './bank-world.ts'
import { checkHolds } from './harness.ts'
import { schemaFaults } from './sepa-schema.ts'
import { structureFaults } from './sepa-structure.ts'

const world = await BankWorld.open('debits', ['ann', 'bob', 'cleo'])
const { app, client, request } = world.kvit
const IBANS = { ann: 'NL56AGDH9619008421', bob: 'FR1420041010050500013M02606', cleo: 'AT611904300234573201' }

interface Order extends Json {
  readonly endToEndId: string
  readonly account: string
  readonly state: string
}
interface File extends Json {
  readonly id: string
  readonly messageId: string
  readonly orders: readonly Order[]
}

async function xmlOf({ id }: File): Promise<ReturnType<typeof readXml>> {
  const headers = { authorization: `Bearer ${app.rootKey}`, 'kvit-tenant': 'debits' }
  const answer = await fetch(`${app.url}/v1/sepa-files/${id}/xml`, { headers })
  assert.equal(answer.headers.get('content-type'), 'application/xml')
  const text = await answer.text()
  written.push(text)
  return readXml(Buffer.from(text))
}
/** Every file that was written here. */
const written: string[] = []
const mandate = async (account: keyof typeof IBANS, more: Json = {}): Promise<Json> =>
  client.post('/v1/mandates', {
    account,
    reference: `M-${account}`,
    holder: `Müller & ${account}`,
    iban: IBANS[account],
    signedOn: '2026-01-15',
    ...more,
  })
const collect = async (key: string): Promise<File> =>
  client.post<File>('/v1/sepa-files', { kind: 'debits', key, bankAccount: 'giro', until: '2026-03-31' })

test('a mandate needs a right IBAN, euros and a day that was; nothing is collected without a creditor identifier', async () => {
  const base = { account: 'ann', reference: 'M-x', holder: 'Ann', iban: IBANS.ann, signedOn: '2026-01-15' }
  const wrong = { ...base, iban: 'NL57AGDH9619008421' }
  assert.equal((await request('POST', '/v1/mandates', { body: wrong })).status, 400)
  assert.equal((await request('POST', '/v1/mandates', { body: { ...base, signedOn: '2026-03-01' } })).status, 422)
  for (const account of ['ann', 'bob'] as const) await mandate(account)
  await mandate('cleo', { scheme: 'B2B', isOneOff: true })
  assert.equal((await request('POST', '/v1/mandates', { body: { ...base, reference: 'M-ann' } })).status, 409)
  const body = { kind: 'debits', key: 'early', bankAccount: 'giro' }
  const refused = await request('POST', '/v1/sepa-files', { body })
  assert.deepEqual([refused.status, /no creditor identifier is set/.test(refused.text)], [409, true])
  const bad = await request('PUT', '/v1/settings/direct-debits', {
    body: { values: { creditorId: 'DE99ZZZ09999999999' } },
  })
  assert.equal(bad.status, 400)
  await request('PUT', '/v1/settings/direct-debits', {
    body: { values: { creditorId: 'DE98ZZZ09999999999', notifiedDays: 5, leadDays: 1, cutOffHour: 14 } },
  })
})

test('what is due is collected once: by groups of scheme and sequence, on a day of settlement after the customer was told', async () => {
  const file = await collect('first')
  assert.equal((await collect('first')).id, file.id)
  // Ann and Bob owe two documents each: the first collection, and a later one. Cleo's mandate is for one.
  assert.deepEqual(
    file.orders.map(({ account, amount, sequence }) => `${account} ${String(amount)} ${String(sequence)}`).toSorted(),
    ['ann 10.00 FRST', 'ann 10.00 RCUR', 'bob 10.00 FRST', 'bob 10.00 RCUR', 'cleo 10.00 OOFF'],
  )
  const root = await xmlOf(file)
  assert.deepEqual(structureFaults(root), [])
  const again = await request('POST', '/v1/sepa-files', {
    body: { kind: 'debits', key: 'second', bankAccount: 'giro', until: '2026-03-31' },
  })
  assert.match(String(again.json['detail']), /nothing that is due by 2026-03-31 can be collected/)
  // Saturdays and Sundays are no days of settlement.
  for (const { dueOn } of file.orders)
    assert.ok(![0, 6].includes(new Date(`${String(dueOn)}T12:00:00Z`).getUTCDay()), String(dueOn))
})

test('what the bank refuses is open again, and can be collected again; a mandate that is void ends', async () => {
  const file = await client.get<File>('/v1/sepa-files/first')
  const bob = file.orders.find(({ account, sequence }) => account === 'bob' && sequence === 'RCUR') as Order
  const cleo = file.orders.find(({ account }) => account === 'cleo') as Order
  const rejected = ({ endToEndId }: Order, code: string): string =>
    `<TxInfAndSts><OrgnlEndToEndId>${endToEndId}</OrgnlEndToEndId><TxSts>RJCT</TxSts><StsRsnInf><Rsn><Cd>${code}</Cd></Rsn></StsRsnInf></TxInfAndSts>`
  const head = `<OrgnlGrpInfAndSts><OrgnlMsgId>${file.messageId}</OrgnlMsgId></OrgnlGrpInfAndSts>`
  const group = `<OrgnlPmtInfAndSts>${rejected(bob, 'AM04')}${rejected(cleo, 'MD01')}</OrgnlPmtInfAndSts>`
  const report = `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>${head}${group}</CstmrPmtStsRpt></Document>`
  const headers = { 'content-type': 'application/octet-stream' }
  for (const count of [2, 0]) {
    const { json } = await request('POST', '/v1/sepa-status-reports', { raw: report, headers })
    assert.equal(json['rejected'], count)
  }
  const other = await request('POST', '/v1/sepa-status-reports', {
    raw: report.replace(file.messageId, 'nobody'),
    headers,
  })
  assert.equal(other.status, 422)
  const mandates = await client.list('/v1/mandates?account=cleo')
  assert.match(String(mandates[0]?.['unusable']), /it ended on .*MD01: there is no valid mandate/)
  const second = await collect('second')
  assert.deepEqual(
    second.orders.map(({ account, amount, sequence }) => [account, amount, sequence]),
    [['bob', '10.00', 'RCUR']],
  )
})

test('the bank books a group in one amount: each customer has paid; what comes back opens its document, and the fee is a cost', async () => {
  const { orders } = await client.get<File>('/v1/sepa-files/first')
  const ann = orders.filter(({ account }) => account === 'ann')
  await world.imported(
    camt([
      {
        id: 'D-1',
        opening: 0,
        entries: ann.map(({ endToEndId }) => ({ minor: 1000, day: '2026-02-09', endToEnd: endToEndId })),
      },
    ]),
  )
  const [ann1, ann2] = (await world.numbersOf('ann')) as [string, string]
  assert.deepEqual([(await world.openInvoices())[ann1], (await world.openInvoices())[ann2]], ['0.00', '0.00'])
  const [first] = ann as [Order]
  const back = { minor: -1350, day: '2026-02-12', endToEnd: first.endToEndId, returned: 'AM04', charges: 350 }
  await world.imported(camt([{ id: 'D-2', opening: 2000, entries: [back] }]))
  const after_ = await client.get<File>('/v1/sepa-files/first')
  const returned = after_.orders.find(({ endToEndId }) => endToEndId === first.endToEndId)
  assert.deepEqual([returned?.state, returned?.['reason'], returned?.['next']], ['returned', 'AM04', 'retry'])
  assert.deepEqual(Object.values(await world.openInvoices()).filter((open) => open === '10.00').length, 5)
  assert.deepEqual(await checkHolds(client), [])
})

test('an order that is on its way no more is ended by hand, once: what it was for may be collected again', async () => {
  const file = await collect('by-hand')
  const [order] = file.orders as [Order]
  const end = async (): Promise<number> => {
    const body = { reason: 'settled by hand' }
    return (await request('POST', `/v1/sepa-files/by-hand/orders/${order.endToEndId}/end`, { body })).status
  }
  assert.deepEqual([await end(), await end()], [201, 409])
  const again = await collect('once-more')
  assert.ok(again.orders.some(({ invoiceId }) => invoiceId === order['invoiceId']))
  for (const one of [file, again])
    for (const { endToEndId } of one.orders)
      await request('POST', `/v1/sepa-files/${one.id}/orders/${endToEndId}/end`, { body: { reason: 'a trial' } })
  assert.deepEqual(await checkHolds(client), [])
})

test('a mandate that has ended collects nothing', async () => {
  await client.post('/v1/mandates/M-ann/end', { reason: 'revoked by letter' })
  const none = await request('POST', '/v1/sepa-files', {
    body: { kind: 'debits', key: 'third', bankAccount: 'giro', until: '2026-03-31' },
  })
  assert.equal(none.status, 422)
})

test('a refund that is due is sent by transfer, once, and the line of the bank says that it was', async () => {
  // 30.00 settle both of Bob's documents, whose debits were refused or are on their way: 10.00 are too much.
  const [, bob2] = (await world.numbersOf('bob')) as [string, string]
  const paid = { minor: 3000, day: '2026-02-13', text: `Invoice ${bob2}`, name: 'Customer bob', iban: IBANS.bob }
  await world.imported(camt([{ id: 'D-3', opening: 650, entries: [paid] }]))
  const [line] = await world.lines('?from=2026-02-13&state=done')
  await client.post(`/v1/payments/${line?.matches[0]?.paymentId}/refunds`, { key: 'r-1', reason: 'paid twice' })
  const file = await client.post<File>('/v1/sepa-files', { kind: 'refunds', key: 'back', bankAccount: 'giro' })
  assert.deepEqual(
    file.orders.map(({ account, amount }) => [account, amount]),
    [['bob', '10.00']],
  )
  assert.deepEqual(structureFaults(await xmlOf(file)), [])
  const again = await request('POST', '/v1/sepa-files', {
    body: { kind: 'refunds', key: 'back-2', bankAccount: 'giro' },
  })
  assert.equal(again.status, 422)
  const out = { minor: -1000, day: '2026-02-16', endToEnd: file.orders[0]?.endToEndId as string }
  await world.imported(camt([{ id: 'D-4', opening: 3650, entries: [out] }]))
  const [refund] = await client.list('/v1/refunds')
  assert.deepEqual(
    [refund?.['status'], (await client.get<File>('/v1/sepa-files/back')).orders[0]?.state],
    ['sent', 'settled'],
  )
})

test('files of debits and of transfers are valid by the XSD of ISO 20022, and broken ones are found', async (context) => {
  const broken = written.map((text) => text.replace(/<InstdAmt[^>]*>/, '<InstdAmt>'))
  const [faults, found] = [await schemaFaults(written), await schemaFaults(broken)]
  if (faults === null) return context.skip('needs Python, pip and the package sepaxml, which has the XSD files')
  assert.deepEqual(faults, [])
  const named = new Set(found?.map((line) => String(line.split(' ')[0])))
  assert.deepEqual(named, new Set(['pain.001.001.09', 'pain.008.001.08']))
})

test('every invariant holds after all of this', async () => {
  assert.deepEqual(await checkHolds(client), [])
})
