import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { byteLength } from './fitted-text.ts'
import type { PaymentOrder } from './payment-order.ts'
import { creditorReference, isCreditorReference, qrReference } from './references.ts'
import { writeCodes } from './write-codes.ts'

const order: PaymentOrder = {
  payee: { name: 'Netz GmbH', iban: 'DE71 1102 2033 0123 4567 89', bic: 'BHBLDEHHXXX' },
  amountMinor: 11_900n,
  currency: 'EUR',
  documentNumber: 'INV-000123',
  purpose: 'Invoice INV-000123 of 2026-02-01',
}
const street = { street: 'Rue du Lac 1268', postcode: '2501', city: 'Biel', country: 'CH' }
const swiss: PaymentOrder = {
  ...order,
  currency: 'CHF',
  payee: { name: 'Réseau SA', iban: 'CH44 3199 9123 0008 8901 2', address: street },
}
const ukrainian: PaymentOrder = {
  ...order,
  currency: 'UAH',
  payee: { name: 'ТОВ «Мережа»', iban: 'UA213223130000026007233566001', taxCode: '12345678' },
  purpose: 'Рахунок INV-000123 від 01.02.2026',
}
const indian: PaymentOrder = {
  ...order,
  currency: 'INR',
  payee: { name: 'Network & Sons', virtualAddress: 'network@okbank' },
}

function only(of: PaymentOrder): string {
  const { codes, unfit } = writeCodes(of)
  assert.deepEqual(unfit, [])
  assert.equal(codes.length, 1)
  return codes[0]?.text as string
}

/** What the National Bank's address has behind it. */
function dataOf(text: string): string {
  return Buffer.from(text.replace('https://bank.gov.ua/qr/', ''), 'base64url').toString('utf8')
}

test('a SEPA code has a line for each field, and the number as a reference of ISO 11649', () => {
  const lines = ['BCD', '002', '1', 'SCT', 'BHBLDEHHXXX', 'Netz GmbH', 'DE71110220330123456789', 'EUR119.00', '']
  assert.equal(only(order), [...lines, 'RF73INV000123'].join('\n'))
  const odd = { ...order, documentNumber: 'RECHNUNG/2026/02/HAUPTKONTO/000123' }
  assert.equal(only(odd), [...lines, '', order.purpose].join('\n'), 'too long for a reference: the purpose says it')
})

test('a Swiss QR-bill has 31 lines; a QR account gets digits, another a reference of ISO 11649', () => {
  const lines = only(swiss).split('\n')
  assert.deepEqual(lines.slice(0, 11), [
    ...['SPC', '0200', '1', 'CH4431999123000889012'],
    ...['S', 'Réseau SA', 'Rue du Lac 1268', '', '2501', 'Biel', 'CH'],
  ])
  assert.deepEqual(lines.slice(11, 27), [...Array<string>(7).fill(''), '119.00', 'CHF', ...Array<string>(7).fill('')])
  assert.deepEqual(lines.slice(27), ['QRR', '000000000000000000000001236', order.purpose, 'EPD'])
  const plain = only({ ...swiss, payee: { ...swiss.payee, iban: 'CH5800791123000889012' } }).split('\n')
  assert.deepEqual(plain.slice(27, 29), ['SCOR', 'RF73INV000123'])
  const payer = { name: 'Pia Muster', address: { ...street, city: 'Rorschach' } }
  assert.equal(only({ ...swiss, payer }).split('\n')[25], 'Rorschach')
  const cyrillic = only({ ...swiss, payer: { ...payer, name: 'Пія' } }).split('\n')
  assert.deepEqual(cyrillic.slice(20, 27), Array(7).fill(''), 'a payer whose letters have no place is left out')
  const both = writeCodes({ ...swiss, currency: 'EUR' }).codes.map(({ scheme }) => scheme)
  assert.deepEqual(both, ['swiss_qr_bill', 'epc'])
})

test('a code of the National Bank of Ukraine is an address with its data', () => {
  const text = only(ukrainian)
  assert.match(text, /^https:\/\/bank\.gov\.ua\/qr\/[A-Za-z0-9_-]+$/)
  assert.deepEqual(dataOf(text).split('\n'), [
    ...['BCD', '002', '1', 'UCT', '', 'ТОВ «Мережа»', 'UA213223130000026007233566001', 'UAH119.00', '12345678', '', ''],
    ...['Рахунок INV-000123 від 01.02.2026', '', ''],
  ])
})

test('a UPI code is a link whose texts are escaped', () => {
  assert.equal(
    only(indian),
    'upi://pay?pa=network@okbank&pn=Network%20%26%20Sons&am=119.00&cu=INR&tr=INV000123&tn=Invoice%20INV-000123%20of%202026-02-01',
  )
})

const withPayee = (of: PaymentOrder, payee: Partial<PaymentOrder['payee']>): PaymentOrder => ({
  ...of,
  payee: { ...of.payee, ...payee },
})
const unfit: [string, PaymentOrder, RegExp][] = [
  ['a digit of the IBAN is wrong', withPayee(order, { iban: 'DE72110220330123456789' }), /^epc: the IBAN/],
  ['nothing is to be paid', { ...order, amountMinor: 0n }, /^epc: .*0\.01/],
  ['a thousand millions', { ...order, amountMinor: 100_000_000_000n }, /^epc: .*999999999\.99/],
  ['a Swiss payee without an address', withPayee(swiss, { address: undefined as never }), /needs the address/],
  ['a Swiss payee in Cyrillic letters', withPayee(swiss, { name: 'Мережа' }), /Latin letters/],
  ['a number without digits for a QR account', { ...swiss, documentNumber: 'FINAL' }, /FINAL makes no QR reference/],
  ['a Ukrainian payee without its code', withPayee(ukrainian, { taxCode: undefined as never }), /needs the EDRPOU/],
  ['a UPI address without a bank', withPayee(indian, { virtualAddress: 'network' }), /^upi: the UPI address/],
]
for (const [name, given, reason] of unfit)
  test(`no code, and why: ${name}`, () => {
    const written = writeCodes(given)
    assert.deepEqual(written.codes, [])
    assert.match(written.unfit.map((one) => `${one.scheme}: ${one.reason}`).join('\n'), reason)
  })

test('a payee who has no account for the currency has no code, and nothing is missing', () => {
  for (const currency of ['USD', 'CHF', 'UAH'])
    assert.deepEqual(writeCodes({ ...order, currency }), { codes: [], unfit: [] })
  assert.deepEqual(writeCodes({ ...order, payee: { name: 'Cash' } }), { codes: [], unfit: [] })
})

test('check digits are those of the standards', () => {
  // ISO 11649 and EPC069-12 have RF18539007547034; the Swiss guidelines 210000000003139471430009017.
  assert.equal(creditorReference('539007547034'), 'RF18539007547034')
  assert.equal(qrReference('21000000000313947143000901'), '210000000003139471430009017')
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Z0-9/-]{1,25}$/), fc.nat(), (number, at) => {
      const reference = creditorReference(number)
      if (reference === null) return
      assert.ok(isCreditorReference(reference))
      const place = 4 + (at % (reference.length - 4))
      // A digit for a digit, a letter for a letter: another width moves all that stands before.
      const written = reference[place] as string
      const other = /\d/.test(written) ? String((Number(written) + 1) % 10) : written === 'Q' ? 'R' : 'Q'
      assert.ok(!isCreditorReference(`${reference.slice(0, place)}${other}${reference.slice(place + 1)}`))
    }),
  )
})

test('whatever stands in names and purposes: fields stay where they are, and codes within their bytes', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 300 }).map((odd) => `${odd}\r\n\u2028x\u0000${odd}`)
  const amount = fc.bigInt(1n, 99_999_999_999n)
  fc.assert(
    fc.property(
      text,
      text,
      amount,
      fc.constantFrom(order, swiss, ukrainian, indian),
      (name, purpose, amountMinor, of) => {
        const { codes } = writeCodes({ ...withPayee(of, { name }), purpose, amountMinor, documentNumber: 'INV-000123' })
        for (const { scheme, text: code } of codes) {
          assert.ok(code.isWellFormed())
          if (scheme === 'swiss_qr_bill') assert.equal(code.split('\n').length, 31)
          if (scheme === 'epc') assert.equal(code.split('\n')[9], 'RF73INV000123')
          if (scheme === 'upi') assert.equal(new URL(code).searchParams.get('cu'), 'INR')
          if (scheme !== 'nbu') continue
          const data = dataOf(code)
          assert.ok(byteLength(data) <= 331)
          assert.equal(data.split('\n').length, 14)
          assert.ok(
            !data.includes('\ufffd') || name.includes('\ufffd') || purpose.includes('\ufffd'),
            'no letter is cut in half',
          )
        }
      },
    ),
    { numRuns: 500 },
  )
})
