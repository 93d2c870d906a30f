import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { InvoiceDocument } from '../invoicing/document.ts'
import { LANGUAGES } from '../words/languages.ts'
import { coverLetter } from './cover-letter.ts'

const INVOICE = {
  ...{
    kind: 'invoice',
    number: 'R-000007',
    language: 'de',
    currency: 'EUR',
    issuedOn: '2026-02-01',
    dueOn: '2026-02-15',
  },
  seller: { name: 'Seller GmbH', contact: { name: 'Accounts', telephone: '+49 30 1', email: 'billing@example.com' } },
  totals: { net: '1000.00', tax: '190.00', total: '1190.00' },
} as unknown as InvoiceDocument

test('the letter says what is attached, in the words and numbers of its language', () => {
  assert.deepEqual(coverLetter(INVOICE), {
    subject: 'Rechnung R-000007 · Seller GmbH',
    text: [
      ...[
        'Im Anhang: Rechnung R-000007',
        '',
        'Datum: 01.02.2026',
        'Fällig: 15.02.2026',
        'Gesamtbetrag: 1.190,00\u00a0EUR',
      ],
      ...['', '-- ', 'Seller GmbH', 'Accounts', '+49 30 1', 'billing@example.com', ''],
    ].join('\n'),
  })
})

test('a credit note is due on no day, and says an amount above zero', () => {
  const note = {
    ...INVOICE,
    kind: 'credit_note',
    language: 'en',
    totals: { ...INVOICE.totals, total: '-5.00' },
  } as const
  const { subject, text } = coverLetter({ ...note, corrects: ['R-000007'] })
  assert.equal(subject, 'Credit note R-000007 · Seller GmbH')
  assert.match(text, /Total credited: EUR\s5\.00/)
  assert.doesNotMatch(text, /Due/)
})

test('what the buyer withholds is not in the amount; a pro forma says what it is, in every language', () => {
  assert.match(
    coverLetter({ ...INVOICE, totals: { ...INVOICE.totals, toPay: '1000.00' } }).text,
    /Gesamtbetrag: 1\.000,00\sEUR/,
  )
  for (const language of LANGUAGES) {
    const { subject, text } = coverLetter({ ...INVOICE, language, mark: 'pro_forma' })
    assert.ok(text.includes(subject.split(' · ')[0] as string), language)
    assert.doesNotMatch(text, /\{/)
  }
})
