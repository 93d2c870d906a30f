import { z } from 'zod'
import { formatMinor } from '../../core/base/money.ts'
import { currencyQuery } from '../../platform/http/list-page.ts'
import { assertBrand } from '../brands/index.ts'
import { buildAccount, changeAccount, viewAccounts } from './accounts.ts'
import { answers } from './answers.ts'
import { created, updated } from './events.ts'
import { changedColumns, type Expansions, type Row, type ThingKind } from './kind.ts'
import { accountQuery } from './names.ts'
import { changes, type Draft, schemas } from './schemas.ts'
import { buildService, changeService, viewServices } from './services.ts'
import { type Account, assertNotErased, type Customer, type Service } from './store.ts'

const reference = z.string().min(1).max(128).optional()
const ofCustomer: Expansions = { customer: { kind: () => customerKind, id: 'customerId' } }

/** What an answer can have as a whole about something that an account has. */
export const expansionsOfAccount: Expansions = { account: { kind: () => accountKind, id: 'accountId' }, ...ofCustomer }

/** Columns of what a draft says: what has parts is kept as JSON. */
function partsAsJson(fields: object): object {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'object' && value !== null ? JSON.stringify(value) : value,
    ]),
  )
}

/** Of a kind whose rows are made and shown as they are. */
const plain = {
  belongsTo: {},
  filters: {},
  expansions: {},
  build: async (_db: unknown, draft: object) => partsAsJson(draft),
  change: async (_db: unknown, _row: unknown, changed: object) => partsAsJson(changedColumns(changed)),
  view: async (_db: unknown, rows: readonly Row[]) => [...rows],
  told: (row: Row) => ({ ...row }),
}

const issuerKind: ThingKind = {
  name: 'issuer',
  ...{ schema: schemas.issuer, changes: changes.issuer, answer: answers.issuer },
  ...{ created: created.issuer, updated: updated.issuer },
  texts: ['row.key', 'row.name'],
  ...plain,
  build: async (db, draft) => {
    await assertBrand(db, (draft as Draft<'issuer'>).brand)
    return plain.build(db, draft)
  },
  change: async (db, row, changed) => {
    await assertBrand(db, (changed as { brand?: string | null }).brand)
    return plain.change(db, row, changed)
  },
}

const customerKind: ThingKind<Customer> = {
  name: 'customer',
  ...{ schema: schemas.customer, changes: changes.customer, answer: answers.customer },
  ...{ created: created.customer, updated: updated.customer },
  texts: ['row.key', 'row.name', 'row.email', 'row.taxId'],
  ...plain,
  change: async (db, row, changed) => {
    assertNotErased(row)
    return plain.change(db, row, changed)
  },
}

const accountKind: ThingKind<Account, Draft<'account'>> = {
  name: 'account',
  ...{ schema: schemas.account, changes: changes.account, answer: answers.account },
  ...{ created: created.account, updated: updated.account },
  filters: {
    customer: accountQuery.customer,
    issuer: reference.describe('Of this issuer: its id or key'),
    currency: currencyQuery,
  },
  texts: ['row.key', 'customer.key', 'customer.name'],
  belongsTo: { issuer: 'issuer' },
  expansions: {
    ...ofCustomer,
    issuer: { kind: () => issuerKind, id: 'issuerId' },
    sponsor: { kind: () => accountKind, id: 'sponsorAccountId' },
  },
  build: buildAccount,
  change: changeAccount,
  view: viewAccounts,
  told: (row) => {
    const { creditLimitMinor: limit, currency } = row
    return { ...row, creditLimit: limit === null ? null : formatMinor(BigInt(limit), currency) }
  },
}

export const serviceKind: ThingKind<Service, Draft<'service'>> = {
  name: 'service',
  ...{ schema: schemas.service, changes: changes.service, answer: answers.service },
  ...{ created: created.service, updated: updated.service },
  filters: { ...accountQuery, state: z.enum(['pending', 'active', 'ended']).optional().describe('Now') },
  texts: ['row.key'],
  belongsTo: {},
  expansions: expansionsOfAccount,
  build: buildService,
  change: changeService,
  view: viewServices,
  told: (row) => ({ ...row }),
}

/** In the order in which the row of a file makes them: each may refer to those before. */
export const PARTY_KINDS: readonly ThingKind[] = [issuerKind, customerKind, accountKind, serviceKind]
