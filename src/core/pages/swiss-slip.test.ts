import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type PaidDocument, payTo } from '../invoicing/pay-to.ts'
import { PLAIN_BRAND } from './brand.ts'
import { invoicePage } from './invoice-page.ts'
import type { Block } from './page.ts'
import { sampleDocument } from './sample-document.ts'

const BIEL = { country: 'CH', city: 'Biel', postcode: '2501', lines: ['Rue du Lac 1268'] }
const [QR_IBAN, IBAN] = ['CH44 3199 9123 0008 8901 2', 'CH58 0079 1123 0008 8901 2']

/** An invoice of Réseau SA over 1949.75 francs; of the fields that matter here. */
function blocksOf(own: Partial<PaidDocument>, iban = QR_IBAN, brand = PLAIN_BRAND): readonly Block[] {
  const document = sampleDocument(brand, 'invoice', own.language ?? 'de')
  const paid = payTo({
    ...{ kind: 'invoice', number: 'INV-000042', issuedOn: '2026-02-01', language: 'de', currency: 'CHF' },
    ...{ toPayMinor: 194_975n, isPrepaid: false, customer: { name: 'Pia Muster', postalAddress: BIEL } },
    issuer: { name: 'Réseau SA', postalAddress: BIEL, bankAccounts: [{ currency: 'CHF', iban }] },
    ...own,
  })
  return invoicePage({ ...document, ...paid }, brand).blocks
}
const slipOf = (blocks: readonly Block[]) => blocks.find((block) => block.kind === 'slip')
const codesOf = (blocks: readonly Block[]): readonly string[] =>
  blocks.flatMap((block) => (block.kind === 'payment' ? block.codes.map(({ caption }) => caption) : []))

test('the slip says what its code says, in the words and groups of the standard; the code stands nowhere else', () => {
  const blocks = blocksOf({})
  const slip = slipOf(blocks)
  assert.equal(blocks.at(-1), slip, 'at the foot of the last page')
  const account = { label: 'Konto / Zahlbar an', lines: [QR_IBAN, 'Réseau SA', 'Rue du Lac 1268', '2501 Biel'] }
  // 26 digits that end with the number of the document, and 0 as check digit.
  const reference = { label: 'Referenz', lines: ['00 00000 00000 00000 00000 00420'] }
  const payer = { label: 'Zahlbar durch', lines: ['Pia Muster', 'Rue du Lac 1268', '2501 Biel'] }
  const told = { label: 'Zusätzliche Informationen', lines: ['Rechnung INV-000042 vom 2026-02-01'] }
  assert.deepEqual(slip?.receipt, {
    ...{ title: 'Empfangsschein', acceptance: 'Annahmestelle' },
    sections: [account, reference, payer],
  })
  assert.deepEqual(slip?.payment, { title: 'Zahlteil', sections: [account, reference, told, payer] })
  assert.deepEqual(
    [slip?.currency, slip?.amount],
    [
      { label: 'Währung', lines: ['CHF'] },
      { label: 'Betrag', lines: ['1 949.75'] },
    ],
  )
  assert.match(slip?.code.text ?? '', /\n1949\.75\nCHF\n/)
  assert.deepEqual(codesOf(blocks), [])
})

test('an account for no QR references has one of ISO 11649; a payer without an address is a field to fill in', () => {
  const slip = slipOf(blocksOf({ language: 'fr', customer: { name: 'Pia Muster' } }, IBAN))
  assert.deepEqual(slip?.receipt.sections.slice(1), [
    { label: 'Référence', lines: ['RF29 INV0 0004 2'] },
    { label: 'Payable par (nom/adresse)', lines: [] },
  ])
  const foreign = slipOf(
    blocksOf({ customer: { name: 'Max', postalAddress: { ...BIEL, country: 'DE', city: 'Ulm' } } }),
  )
  assert.deepEqual(foreign?.payment.sections.at(-1)?.lines, ['Max', 'Rue du Lac 1268', 'DE-2501 Ulm'])
})

test('the standard has four languages: other documents have the slip in English', () => {
  const titleOf = (language: PaidDocument['language']) => slipOf(blocksOf({ language }))?.payment.title
  assert.deepEqual((['de', 'fr', 'it', 'en', 'uk', 'pl'] as const).map(titleOf), [
    'Zahlteil',
    'Section paiement',
    'Sezione pagamento',
    'Payment part',
    'Payment part',
    'Payment part',
  ])
})

test('there is no slip for what is no Swiss account, on Letter, on a draft, and on a document from before', () => {
  const german = blocksOf({
    currency: 'EUR',
    issuer: { name: 'Netz', bankAccounts: [{ currency: 'EUR', iban: 'DE71110220330123456789' }] },
  })
  assert.deepEqual([slipOf(german), codesOf(german).length], [undefined, 1])
  const letter = blocksOf({}, QR_IBAN, { ...PLAIN_BRAND, paper: 'us-letter' })
  assert.deepEqual([slipOf(letter), codesOf(letter).length], [undefined, 1], 'the code is there by itself')
  assert.equal(slipOf(blocksOf({ isPrepaid: true })), undefined)
  const document = { ...sampleDocument(PLAIN_BRAND, 'invoice', 'de') }
  const code = { scheme: 'swiss_qr_bill', text: 'SPC', correction: 'M', mark: 'swiss_cross' } as const
  const old = invoicePage({ ...document, payTo: { accounts: [], codes: [code] } }, PLAIN_BRAND).blocks
  assert.deepEqual([slipOf(old), codesOf(old).length], [undefined, 1])
  const draft = invoicePage(
    { ...document, mark: 'draft', payTo: { accounts: [], codes: [code], slip: true } },
    PLAIN_BRAND,
  )
  assert.deepEqual([slipOf(draft.blocks), codesOf(draft.blocks).length], [undefined, 0])
})
