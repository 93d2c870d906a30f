import type { PrepaidSale } from '../../core/billing/prepaid-sale.ts'
import { anyOf, type Database } from '../../platform/db.ts'
import type { NewRows } from '../../platform/insert-rows.ts'
import { readTaxes, type StoredTax, storedTaxes } from '../invoices/index.ts'

/** A sale, and whose money it is. */
export interface StoredSale extends PrepaidSale {
  readonly accountId: string
  /** Of its lot: `top_up:KEY`. */
  readonly origin: string
  /** What the caller knows it by. */
  readonly key: string
  readonly createdAt: Date
}

/** A sale that was taken back. */
export interface SaleTaking {
  readonly saleId: string
  readonly accountId: string
  /** What of its net nobody had used, and what is owed again, with tax; in minor units. */
  readonly leftMinor: string
  readonly owedAgainMinor: string
  readonly reason: string
  /** The key that asked for it. */
  readonly reversedBy: string
  readonly createdAt: Date
}

const SALE_COLUMNS = {
  id: 'uuid',
  accountId: 'uuid',
  origin: 'text',
  key: 'text',
  currency: 'text',
  grossMinor: 'numeric',
  netMinor: 'numeric',
  taxes: 'jsonb',
  taxClass: 'text',
  description: 'text',
  soldOn: 'date',
  createdAt: 'timestamptz',
} as const

export function saleRows(sales: readonly StoredSale[]): NewRows {
  const rows = sales.map(({ decision, taxMinor, netMinor, grossMinor, ...sale }) => ({
    ...sale,
    grossMinor: String(grossMinor),
    netMinor: String(netMinor),
    taxes: storedTaxes([{ netMinor, taxMinor, decision, days: null, isCredit: false }]),
  }))
  return { table: 'prepaidSale', columns: SALE_COLUMNS, rows }
}

/** Sales by the origins of their lots. */
export async function findSales(db: Database, origins: readonly string[]): Promise<Map<string, StoredSale>> {
  if (origins.length === 0) return new Map()
  const query = db.selectFrom('prepaidSale').selectAll().where('origin', '=', anyOf(origins, 'text'))
  return new Map((await query.execute()).map((row) => [row.origin, toSale(row as unknown as SaleRow)]))
}

/** Sales of an account by their ids, the oldest first. */
export async function listSales(db: Database, ids: readonly string[]): Promise<StoredSale[]> {
  const query = db.selectFrom('prepaidSale').selectAll().where('id', '=', anyOf(ids)).orderBy('id')
  return (await query.execute()).map((row) => toSale(row as unknown as SaleRow))
}

export async function insertTaking(db: Database, taking: SaleTaking): Promise<void> {
  await db.insertInto('prepaidTaking').values(taking).execute()
}

interface SaleRow extends Omit<StoredSale, 'grossMinor' | 'netMinor' | 'taxMinor' | 'decision'> {
  readonly grossMinor: string
  readonly netMinor: string
  readonly taxes: readonly StoredTax[]
}

function toSale({ grossMinor, netMinor, taxes, ...row }: SaleRow): StoredSale {
  const [tax] = readTaxes(taxes)
  if (tax === undefined) throw new Error(`the sale ${row.id} has no taxes`)
  const { decision, taxMinor } = tax
  return { ...row, decision, taxMinor, grossMinor: BigInt(grossMinor), netMinor: BigInt(netMinor) }
}
