/** Refunds that a bank sends: by no second way, in batches, and in letters that banks take. Amounts are written out. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { camt, GIRO } from './bank-files-made.ts'
import { payerWith, startGatewayWorld } from './gateway-world.ts'
import { checkHolds } from './harness.ts'

const { kvit, client } = await startGatewayWorld('bankrefunds', '2026-02-01T06:00:00Z')
const { request } = kvit
const IBANS = { ann: 'NL56AGDH9619008421', bob: 'FR1420041010050500013M02606', cleo: 'AT611904300234573201' }

interface File extends Json {
  readonly orders: readonly (Json & {
    readonly endToEndId: string
    readonly refundId: string
    readonly state: string
  })[]
}

/** An account that has paid 5.00 too much by its card, which are due to be paid back. */
async function refundOf(account: keyof typeof IBANS, key: string): Promise<string> {
  const paid = await client.post<Json>('/v1/payment-attempts', { key, account, amount: '5.00', method: 'default' })
  assert.equal(paid['state'], 'succeeded')
  const refund = await client.post<Json>(`/v1/payments/${String(paid['paymentId'])}/refunds`, {
    key,
    reason: 'too much',
  })
  return String(refund['id'])
}
const refundFile = async (key: string): Promise<{ status: number; json: Json }> =>
  request('POST', '/v1/sepa-files', { body: { kind: 'refunds', key, bankAccount: 'giro' } })

async function imported(bytes: Uint8Array): Promise<void> {
  const headers = { 'content-type': 'application/octet-stream' }
  const { status, json } = await request('POST', '/v1/bank-files', { raw: bytes, headers })
  assert.equal(status, 201, JSON.stringify(json))
  for (;;) {
    const jobs = await client.list('/v1/jobs?kind=match_bank_lines')
    assert.ok(
      jobs.every(({ error }) => error === null),
      JSON.stringify(jobs),
    )
    if (jobs.every(({ state }) => state === 'complete')) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

test('accounts have cards and IBANs', async () => {
  for (const [account, iban] of Object.entries(IBANS)) {
    await payerWith(client, account)
    const mandate = { account, reference: `M-${account}`, holder: account, iban, signedOn: '2026-01-15' }
    await client.post('/v1/mandates', mandate)
  }
  await runBills(client, '2026-02-01')
  for (const { id, account, open } of await client.list('/v1/invoices'))
    if (open !== '0.00')
      await client.post('/v1/payments', {
        key: `p-${String(id)}`,
        account,
        amount: open,
        currency: 'EUR',
        method: 'cash',
      })
  await client.post('/v1/bank-accounts', { key: 'giro', issuer: 'op', iban: GIRO, currency: 'EUR' })
})

test('a refund that is in a file for the bank is sent by no gateway, kept by nobody, and is in no second file', async () => {
  const refund = await refundOf('ann', 'twice-1')
  const files = await Promise.all(['f-1', 'f-2', 'f-1'].map(refundFile))
  // One of the two keys has the file, however often it was asked for at once.
  assert.equal(new Set(files.flatMap(({ status, json }) => (status === 201 ? [json['id']] : []))).size, 1)
  assert.ok(
    files.every(({ status }) => status === 201 || status === 422),
    JSON.stringify(files),
  )
  const send = await request('POST', `/v1/refunds/${refund}/send`, { body: { key: 'again' } })
  assert.equal(send.status, 409, send.text)
  const sent = await request('POST', `/v1/refunds/${refund}/sent`, { body: { method: 'cash' } })
  assert.equal(sent.status, 409, sent.text)
  const kept = await request('POST', `/v1/refunds/${refund}/keep`, { body: { reason: 'customer wants credit' } })
  assert.equal(kept.status, 409, kept.text)
})

test('refunds that the bank has booked in one amount were sent, each', async () => {
  for (const account of ['bob', 'cleo'] as const) await refundOf(account, `batch-${account}`)
  const { json, status } = await refundFile('batch')
  assert.equal(status, 201, JSON.stringify(json))
  const file = json as unknown as File
  assert.equal(file.orders.length, 2)
  const headers = { authorization: `Bearer ${kvit.app.rootKey}`, 'kvit-tenant': 'bankrefunds' }
  const xml = await (await fetch(`${kvit.app.url}/v1/sepa-files/batch/xml`, { headers })).text()
  const group = /<PmtInfId>(.*)<\/PmtInfId>/.exec(xml)?.[1] as string
  // 5.00 and 5.00 in one amount: -10.00 under the name of the group.
  const bytes = camt([{ id: 'S-1', opening: 5000, entries: [{ minor: -1000, day: '2026-02-03' }] }])
  const batch = bytes.toString().replace('<NtryDtls>', `<NtryDtls><Btch><PmtInfId>${group}</PmtInfId></Btch>`)
  await imported(Buffer.from(batch))
  const { orders } = await client.get<File>('/v1/sepa-files/batch')
  assert.deepEqual(
    orders.map(({ state }) => state),
    ['settled', 'settled'],
  )
  assert.deepEqual(await checkHolds(client), [])
})

test('a refund whose transfer the bank has refused is due as before', async () => {
  const refund = await refundOf('bob', 'refused')
  const { json } = await refundFile('refused')
  const { messageId, orders } = json as unknown as File
  const one = `<TxInfAndSts><OrgnlEndToEndId>${orders[0]?.endToEndId}</OrgnlEndToEndId><TxSts>RJCT</TxSts><StsRsnInf><Rsn><Cd>AC01</Cd></Rsn></StsRsnInf></TxInfAndSts>`
  const head = `<OrgnlGrpInfAndSts><OrgnlMsgId>${String(messageId)}</OrgnlMsgId></OrgnlGrpInfAndSts>`
  const body = `<CstmrPmtStsRpt>${head}<OrgnlPmtInfAndSts>${one}</OrgnlPmtInfAndSts></CstmrPmtStsRpt>`
  const report = `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10">${body}</Document>`
  const headers = { 'content-type': 'application/octet-stream' }
  assert.equal((await request('POST', '/v1/sepa-status-reports', { raw: report, headers })).json['rejected'], 1)
  const { state } = await client.post<Json>(`/v1/refunds/${refund}/send`, { key: 'by-card' })
  assert.equal(state, 'succeeded')
  assert.deepEqual(await checkHolds(client), [])
})

test('a mandate needs a holder in letters that banks take', async () => {
  const base = { account: 'ann', reference: 'M-x', iban: IBANS.ann, signedOn: '2026-01-15' }
  const { status, text } = await request('POST', '/v1/mandates', { body: { ...base, holder: 'Іван Франко' } })
  assert.deepEqual([status, /letters/.test(text)], [422, true], text)
})
