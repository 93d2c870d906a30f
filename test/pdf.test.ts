import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { test } from 'node:test'
import { createTypstRenderer } from '../src/adapters/typst/renderer.ts'
import type { InvoiceDocument } from '../src/core/invoicing/document.ts'
import { PLAIN_BRAND } from '../src/core/pages/brand.ts'
import { invoicePage } from '../src/core/pages/invoice-page.ts'
import { LANGUAGES } from '../src/core/words/languages.ts'

/** Where the rendered documents go when somebody wants to look at them. */
const KEEP = process.env['KVIT_TEST_PDF_DIR']

/** A discount below the line that it lowers, or, without that line, of a document before. */
const LOWERING = { kind: 'discount', lowers: null, discount: 'WELCOME-10' } as const

function documentOf(language: InvoiceDocument['language'], lines: number): InvoiceDocument {
  return {
    kind: 'invoice',
    number: 'INV-000042',
    issuedOn: '2026-02-01',
    dueOn: '2026-02-15',
    termsDays: 14,
    currency: 'UAH',
    language,
    account: 'ACC-1001',
    seller: {
      name: 'ТОВ «Квит Енерго»',
      address: 'вул. Хрещатик 1, Київ',
      taxId: '12345678',
      bankDetails: 'UA00 0000 0000 0000 0000 0000 00000',
    },
    buyer: { name: 'Ганна Ґалаґан & Sons <Ltd> #1 $x$ *b* _i_', address: 'вул. Їжакевича 7, Львів', taxId: null },
    period: { from: '2026-01-01', until: '2026-02-01' },
    lines: Array.from({ length: lines }, (_, index) => ({
      id: `line-${index}`,
      position: index + 1,
      ...(index % 10 === 1 ? LOWERING : { kind: 'usage' as const }),
      ...(index === 1 ? { lowers: 1 } : {}),
      description: index % 3 === 0 ? 'Electricity: night' : 'Електроенергія: день',
      subscription: `meter-${index}`,
      from: '2026-01-01',
      until: '2026-02-01',
      isLate: index === 3,
      quantity: '1234.5678901',
      unit: 'kWh',
      unitAmount: index % 2 === 0 ? '4.32' : null,
      per: index % 4 === 0 ? '1000000' : null,
      exactAmount: '5333.333333',
      amount: '5333.33',
    })),
    usage: [{ meter: 'Електроенергія', unit: 'kWh', quantity: '74074.073406', records: 89280 }],
    included: [
      {
        ...{ kind: 'allowance', name: 'Нічні кВт·год', subscription: 'meter-0', unit: 'kWh', left: null },
        ...{ period: { from: '2026-01-01', until: '2026-02-01' }, given: '4000', used: '3000.5' },
      },
      {
        kind: 'prepaid',
        name: null,
        subscription: null,
        unit: 'kWh',
        period: null,
        given: null,
        used: null,
        left: '17.94',
      },
    ],
    totals: { discounts: '-533.33', net: '319999.80', tax: '0.00', total: '319999.80' },
  }
}

for (const language of LANGUAGES) {
  test(`an invoice of 60 lines takes two pages of PDF/A in ${language}, whatever characters names have`, async () => {
    const pdf = await createTypstRenderer().render(invoicePage(documentOf(language, 60), PLAIN_BRAND))
    const text = pdf.toString('latin1')
    assert.match(text, /^%PDF-1\.7/)
    const pages = Number(/\/Type\s*\/Pages[^>]*\/Count (\d+)/s.exec(text)?.[1] ?? /\/Count (\d+)/.exec(text)?.[1] ?? 0)
    assert.equal(pages, 2)
    if (KEEP !== undefined) {
      await mkdir(KEEP, { recursive: true })
      await writeFile(`${KEEP}/invoice-${language}.pdf`, pdf)
    }
  })
}

test('what documents have in common is laid out once, and nothing of one stands in another', async () => {
  const renderer = createTypstRenderer()
  const page = invoicePage(documentOf('en', 3), PLAIN_BRAND)
  const first = await renderer.render(page)
  const otherTitle = await renderer.render({ ...page, title: 'Invoice INV-000043', author: 'Somebody else' })
  const otherFoot = await renderer.render({ ...page, foot: { ...page.foot, middle: 'Invoice INV-000043' } })
  const attached = await renderer.render(page, { cii: '<rsm:CrossIndustryInvoice/>' })
  const again = await renderer.render(page)
  assert.ok(first.equals(again), 'the same page is the same file, whatever was set in between')
  assert.ok(!first.equals(otherFoot), 'what stands at the foot is that of the page')
  // Metadata stand in the file as plain text.
  assert.match(otherTitle.toString('latin1'), /INV-000043[\s\S]*Somebody else|Somebody else[\s\S]*INV-000043/)
  assert.doesNotMatch(again.toString('latin1'), /INV-000043|Somebody else|factur-x/)
  assert.match(attached.toString('latin1'), /factur-x\.xml/)
})
