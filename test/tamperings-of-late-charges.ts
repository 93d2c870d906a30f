import type { Client, Json } from '../src/cli/client.ts'
import { AS_SEALED, accountOf, type Tampering } from './tampering.ts'

/** Somebody with documents that were paid late: interest that was waived, and a fee. */
export async function chargeLate(client: Client): Promise<void> {
  const rule = { percent: '36.5', fees: { EUR: '5.00' } }
  await client.post('/v1/settings/late-charges', { values: { from: '2020-01-01', consumer: rule } }, 'PUT')
  await client.post('/v1/late-charges', { account: 'tardy' })
  const [interest] = await client.list<Json>('/v1/late-charges?account=tardy&kind=interest')
  await client.post(`/v1/late-charges/${String(interest?.['id'])}/waive`, { reason: 'asked by phone' })
  await client.post('/v1/settings/late-charges', undefined, 'DELETE')
}

const OF_TARDY = `account_id = ${accountOf('tardy')}`
const row = (what: string, table: string, where: string, set: string, named: RegExp): Tampering => ({
  ...{ what, table, where: `${where} and ${OF_TARDY}`, set, named },
  found: AS_SEALED,
})

/** What was charged because documents were paid late, and given back. */
export const LATE_TAMPERINGS: readonly Tampering[] = [
  row(
    'interest is for fewer days',
    'late_charge',
    `kind = 'interest'`,
    `until_on = until_on + 1`,
    /^late charge \S+ was changed/,
  ),
  row(
    'interest is on a larger amount',
    'late_charge',
    `kind = 'interest'`,
    `segments = jsonb_set(segments, '{0,minor}', '"99999"')`,
    /^late charge \S+ was changed/,
  ),
  row('a fee is lower', 'late_charge', `kind = 'fee'`, 'amount_minor = 1', /^late charge \S+ was changed/),
  row(
    'less of a late charge was waived',
    'late_charge_return',
    'true',
    'amount_minor = amount_minor - 1',
    /^late charge given back \S+ was changed/,
  ),
  {
    what: 'a document is charged until an earlier day',
    table: 'late_charge_standing',
    where: OF_TARDY,
    set: `charged_until = charged_until - 30`,
    found: 'late charges are what their days come to, once',
    named: /days behind those that are charged/,
  },
]
