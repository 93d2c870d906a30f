import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runBills } from '../src/cli/commands-billing.ts'
import type { InvoiceDocument } from '../src/core/invoicing/document.ts'
import { CALLS, checkHolds, createSubscriber, seedOperator, startKvit } from './harness.ts'

const SWISS = { currency: 'CHF', iban: 'CH44 3199 9123 0008 8901 2' }
const EURO = { currency: 'EUR', iban: 'DE71 1102 2033 0123 4567 89', bic: 'BHBLDEHHXXX' }
const postalAddress = { country: 'CH', city: 'Biel', postcode: '2501', lines: ['Rue du Lac 1268'] }

test('a document shows the accounts in its currency, with codes to scan; a prepaid account is asked for nothing', async () => {
  const { app, client } = await startKvit('codes', '2026-02-01T00:00:00Z')
  await seedOperator(client)
  const plan = CALLS.replace('code: basic', 'code: swiss').replace('currency: EUR', 'currency: CHF')
  await client.post('/v1/catalog', { files: [{ name: 'swiss.yaml', text: plan.slice(plan.indexOf('plans:')) }] })
  await client.post('/v1/issuers/op', { bankAccounts: [SWISS, EURO], postalAddress }, 'PATCH')
  const startsAt = '2026-02-01T00:00:00Z'
  await createSubscriber(client, 'anna', { startsAt })
  await createSubscriber(client, 'beat', { startsAt, currency: 'CHF', plan: 'swiss' })
  await createSubscriber(client, 'carl', { startsAt, creditLimit: '0' })
  await runBills(client, '2026-02-01')

  const documents = new Map<string, InvoiceDocument & { readonly id: string }>()
  for (const { id } of await client.list<{ id: string }>('/v1/invoices')) {
    const { document } = await client.get<{ document: InvoiceDocument }>(`/v1/invoices/${id}`)
    documents.set(document.account, { ...document, id })
  }
  const [anna, beat, carl] = ['anna', 'beat', 'carl'].map((key) => documents.get(key))
  assert.deepEqual(
    anna?.payTo?.codes.map(({ scheme }) => scheme),
    ['epc'],
  )
  assert.match(
    anna?.payTo?.codes[0]?.text ?? '',
    /^BCD\n002\n1\nSCT\nBHBLDEHHXXX\nOperator\nDE71110220330123456789\nEUR10\.00\n\nRF\d\dINV0+\d$/,
  )
  assert.deepEqual(
    beat?.payTo?.codes.map(({ scheme, mark }) => [scheme, mark]),
    [['swiss_qr_bill', 'swiss_cross']],
  )
  assert.deepEqual([anna?.payTo?.slip, beat?.payTo?.slip, carl?.payTo?.slip], [undefined, true, undefined])
  assert.match(
    beat?.payTo?.codes[0]?.text ?? '',
    /\n10\.00\nCHF\n[\s\S]*\nQRR\n\d{27}\nInvoice INV-0+\d of 2026-02-01\nEPD$/,
  )
  assert.deepEqual([carl?.payTo?.accounts.length, carl?.payTo?.codes], [1, []], 'it pays in advance')
  for (const document of [anna, beat, carl]) {
    const pdf = Buffer.from(await client.download(`/v1/invoices/${document?.id}/pdf`))
    assert.match(pdf.toString('latin1'), /^%PDF-[\s\S]*<pdfaid:part>3</, 'with a slip, too, it can be archived')
    const again = Buffer.from(await client.download(`/v1/invoices/${document?.id}/pdf`))
    assert.ok(pdf.equals(again), 'set again, it is the same to the byte')
  }
  assert.deepEqual(await checkHolds(client), [])

  const wrong = [
    [{ currency: 'EUR', iban: 'DE72 1102 2033 0123 4567 89' }, /IBAN is not valid/],
    [{ currency: 'EUR' }, /write an IBAN/],
    [{ currency: 'UAH', iban: 'UA213223130000026007233566001' }, /EDRPOU/],
    [{ currency: 'INR', virtualAddress: 'shop' }, /shop@bank/],
  ] as const
  for (const [account, reason] of wrong)
    await assert.rejects(client.post('/v1/issuers/op', { bankAccounts: [account] }, 'PATCH'), reason)
  await app.close()
})
