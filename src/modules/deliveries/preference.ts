import type { Database } from '../../platform/db.ts'
import { anyOf } from '../../platform/db.ts'
import type { DocumentFormat, TransportName } from './ports.ts'

/** How a customer wants its documents. Null is as the settings say, or the customer's own address. */
export interface Preference {
  readonly transports: readonly TransportName[] | null
  readonly formats: readonly DocumentFormat[] | null
  readonly email: string | null
}

export const NO_PREFERENCE: Preference = { transports: null, formats: null, email: null }

/** Of those customers that have one. */
export async function preferencesOf(db: Database, customerIds: readonly string[]): Promise<Map<string, Preference>> {
  const query = db.selectFrom('deliveryPreference').select(['customerId', 'transports', 'formats', 'email'])
  const rows = await query.where('customerId', '=', anyOf([...new Set(customerIds)])).execute()
  return new Map(rows.map(({ customerId, ...row }) => [customerId, row as Preference]))
}

export async function preferenceOf(db: Database, customerId: string): Promise<Preference> {
  return (await preferencesOf(db, [customerId])).get(customerId) ?? NO_PREFERENCE
}

export async function putPreference(
  db: Database,
  customerId: string,
  { transports, formats, email }: Preference,
  nowMs: number,
): Promise<void> {
  const json = (list: readonly string[] | null): string | null => (list === null ? null : JSON.stringify(list))
  const row = { transports: json(transports), formats: json(formats), email, setAt: new Date(nowMs) }
  await db
    .insertInto('deliveryPreference')
    .values({ customerId, ...row })
    .onConflict((on) => on.column('customerId').doUpdateSet(row))
    .execute()
}
