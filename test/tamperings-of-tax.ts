import type { Client } from '../src/cli/client.ts'
import { AS_SEALED, invoiceOf, type Tampering } from './tampering.ts'

/** Somebody who is taxed, for what follows. */
export async function makeTaxed(client: Client): Promise<void> {
  const postalAddress = { country: 'DE' }
  await client.post('/v1/issuers', {
    ...{ key: 'taxed', name: 'Taxed', address: 'Berlin', invoiceSeries: 'TAX', postalAddress },
    registrations: [{ country: 'DE', number: 'DE136695976', from: '2020-01-01' }],
  })
  const rates = [{ country: 'DE', tax: 'vat', class: 'telecom', from: '2020-01-01', percent: '19' }]
  await client.post('/v1/tax-rates', { source: 'a test', asOf: '2026-01-01', rates })
  await client.post('/v1/customers', { key: 'tax', name: 'Tax', kind: 'consumer', postalAddress })
  await client.post('/v1/accounts', {
    ...{ key: 'tax', customer: 'tax', issuer: 'taxed', currency: 'EUR', zone: 'UTC', cycleAnchor: '2026-01-01' },
    pricesIncludeTax: true,
  })
  await client.post('/v1/subscriptions', {
    ...{ key: 'tax', account: 'tax', plan: 'monthly', startsAt: '2026-01-01T00:00:00Z' },
  })
}

const ofTax = `invoice_id = ${invoiceOf('tax')}`

/** What tax is decided by, and what it came to. */
export const TAX_TAMPERINGS: readonly Tampering[] = [
  {
    what: 'an issuer is registered from another day on',
    table: 'issuer',
    where: `key = 'taxed'`,
    set: `registrations = jsonb_set(registrations, '{0,from}', '"2027-01-01"')`,
    found: AS_SEALED,
    named: /^issuer .* was changed/,
  },
  {
    what: 'a customer is a business',
    table: 'customer',
    where: `key = 'tax'`,
    set: `kind = 'business'`,
    found: AS_SEALED,
    named: /^customer .* was changed/,
  },
  {
    what: 'a customer is nothing any more',
    table: 'customer',
    where: `key = 'tax'`,
    set: 'kind = null',
    found: AS_SEALED,
    named: /^customer .* was taken away/,
  },
  {
    what: 'prices of an account are without tax',
    table: 'account',
    where: `key = 'tax'`,
    set: 'prices_include_tax = false',
    found: AS_SEALED,
    named: /^prices of account .* was taken away/,
  },
  {
    what: 'a rate is lower',
    table: 'tax_rate',
    where: 'true',
    set: `content = jsonb_set(content, '{percent}', '"7"')`,
    found: AS_SEALED,
    named: /^tax rate .* was changed/,
  },
  {
    what: 'the tax of a line is another rule’s',
    table: 'invoice_line',
    where: ofTax,
    set: `taxes = jsonb_set(taxes, '{0,decision,rule}', '"export_of_goods"')`,
    found: AS_SEALED,
    named: /^taxes of lines .* was changed/,
  },
  {
    what: 'the tax of a line is counted as net',
    table: 'invoice_line',
    where: ofTax,
    set: 'net_minor = net_minor + tax_minor, tax_minor = 0',
    found: 'document total = lines + tax by rate',
    named: /^TAX-\d+: the parts of a line are not what the line has/,
  },
  {
    what: 'a document prints another tax',
    table: 'invoice',
    where: `id = ${invoiceOf('tax')}`,
    set: `document = jsonb_set(document, '{totals,tax}', '"0.01"')`,
    found: 'document total = lines + tax by rate',
    named: /^TAX-\d+: it prints /,
  },
  {
    what: 'a document prints another tax by rate',
    table: 'invoice',
    where: `id = ${invoiceOf('tax')}`,
    set: `document = jsonb_set(document, '{taxes,0,amount}', '"0.01"')`,
    found: 'document total = lines + tax by rate',
    named: /^TAX-\d+: vat S DE 19/,
  },
  {
    what: 'tax is posted as revenue',
    table: 'posting',
    where: `ledger_account like 'tax:%' and document_id = ${invoiceOf('tax')}`,
    set: `ledger_account = 'revenue:monthly'`,
    found: 'tax in the ledger = tax on documents',
    named: /^TAX-\d+/,
  },
]
