import { isUuid } from '../../core/base/id.ts'
import type { Denomination, MovementKind } from '../../core/cash/drawer.ts'
import { anyOf, type Database } from '../../platform/db.ts'
import { notFound } from '../../platform/problems.ts'

/** A place where people pay in cash. */
export interface Desk {
  readonly id: string
  readonly key: string
  readonly name: string
  readonly issuerId: string
  readonly currency: string
  readonly zone: string
  readonly stepMinor: string
  readonly isOpen: boolean
  readonly lastReceipt: bigint
  readonly lastShift: number
  readonly drawerMinor: string
  readonly safeMinor: string
  readonly createdAt: Date
}

export interface Shift {
  readonly id: string
  readonly deskId: string
  readonly number: number
  readonly person: string
  readonly openedBy: string
  readonly openedAt: Date
  readonly floatMinor: string
  readonly closedBy: string | null
  readonly closedAt: Date | null
  readonly expectedMinor: string | null
  readonly countedMinor: string | null
  readonly denominations: readonly Denomination[] | null
  readonly report: object | null
}

export interface Receipt {
  readonly id: string
  readonly deskId: string
  readonly shiftId: string
  readonly number: bigint
  readonly key: string
  readonly kind: 'payment' | 'cancel'
  readonly cancelsId: string | null
  readonly accountId: string
  readonly recordedAs: 'payment' | 'top_up'
  readonly paymentId: string | null
  readonly state: 'pending' | 'done' | 'failed'
  readonly currency: string
  readonly amountMinor: string
  readonly cashMinor: string
  readonly tenderedMinor: string | null
  readonly note: string | null
  readonly recordedBy: string
  readonly createdAt: Date
}

export interface Movement {
  readonly id: string
  readonly key: string
  readonly deskId: string
  readonly shiftId: string | null
  readonly kind: MovementKind
  readonly amountMinor: string
  readonly reason: string
  readonly recordedBy: string
  readonly createdAt: Date
}

const one = <Row>(row: unknown): Row | undefined => row as Row | undefined

export async function findDesk(db: Database, key: string): Promise<Desk | undefined> {
  return one(await db.selectFrom('cashDesk').selectAll().where('key', '=', key).executeTakeFirst())
}

/** @throws Refusal `not_found` */
export async function getDesk(db: Database, key: string): Promise<Desk> {
  const found = await findDesk(db, key)
  if (found === undefined) throw notFound(`cash desk ${key}`, '/v1/cash-desks', 'cash list')
  return found
}

/** Whoever moves cash of a desk takes turns. The account's row, where there is one, is locked before. */
export async function lockDesk(db: Database, id: string): Promise<Desk> {
  const query = db.selectFrom('cashDesk').selectAll().where('id', '=', id).forNoKeyUpdate()
  return (await query.executeTakeFirstOrThrow()) as Desk
}

export async function listDesks(db: Database): Promise<Desk[]> {
  return (await db.selectFrom('cashDesk').selectAll().orderBy('key').execute()) as Desk[]
}

export async function desksOf(db: Database, ids: readonly string[]): Promise<Map<string, Desk>> {
  const rows = await db.selectFrom('cashDesk').selectAll().where('id', '=', anyOf(ids)).execute()
  return new Map((rows as Desk[]).map((desk) => [desk.id, desk]))
}

export async function openShift(db: Database, deskId: string): Promise<Shift | undefined> {
  const query = db.selectFrom('cashShift').selectAll().where('deskId', '=', deskId).where('closedAt', 'is', null)
  return one(await query.executeTakeFirst())
}

export async function getShift(db: Database, id: string): Promise<Shift> {
  const query = db.selectFrom('cashShift').selectAll()
  const found = isUuid(id) ? await query.where('id', '=', id).executeTakeFirst() : undefined
  if (found === undefined) throw notFound(`shift ${id}`, '/v1/cash-shifts', 'cash shifts')
  return found as unknown as Shift
}

export async function receiptsOf(db: Database, shiftId: string): Promise<Receipt[]> {
  return (await db.selectFrom('cashReceipt').selectAll().where('shiftId', '=', shiftId).execute()) as Receipt[]
}

export async function movementsOf(db: Database, shiftId: string): Promise<Movement[]> {
  return (await db.selectFrom('cashMovement').selectAll().where('shiftId', '=', shiftId).execute()) as Movement[]
}

export async function findReceipt(
  db: Database,
  by: 'id' | 'key' | 'paymentId' | 'cancelsId',
  value: string,
): Promise<Receipt | undefined> {
  const query = db.selectFrom('cashReceipt').selectAll().where(by, '=', value).where('state', '<>', 'failed')
  return one(await query.orderBy('number').limit(1).executeTakeFirst())
}

/** @param reference an id, a key, or a number as it is printed: `front-000017`. @throws Refusal `not_found` */
export async function getReceipt(db: Database, reference: string): Promise<Receipt> {
  const [, desk, number] = /^(.+)-(\d{6,})$/.exec(reference) ?? []
  const known = desk === undefined ? undefined : await findDesk(db, desk)
  const printed =
    known === undefined
      ? undefined
      : await db
          .selectFrom('cashReceipt')
          .selectAll()
          .where('deskId', '=', known.id)
          .where('number', '=', BigInt(number ?? '0'))
          .executeTakeFirst()
  const query = db.selectFrom('cashReceipt').selectAll()
  const found = printed ?? (await query.where(isUuid(reference) ? 'id' : 'key', '=', reference).executeTakeFirst())
  if (found === undefined) throw notFound(`receipt ${reference}`, '/v1/cash-receipts', 'cash receipts')
  return found as Receipt
}

/** As receipts are numbered on paper: `front-000017`. */
export function printedNumber({ key }: Pick<Desk, 'key'>, number: bigint): string {
  return `${key}-${String(number).padStart(6, '0')}`
}

export async function listPending(db: Database, limit: number): Promise<Receipt[]> {
  const query = db.selectFrom('cashReceipt').selectAll().where('state', '=', 'pending').orderBy('id').limit(limit)
  return (await query.execute()) as Receipt[]
}

export async function findMovement(db: Database, key: string): Promise<Movement | undefined> {
  return one(await db.selectFrom('cashMovement').selectAll().where('key', '=', key).executeTakeFirst())
}

/** @throws Refusal `not_found` */
export async function getMovement(db: Database, id: string): Promise<Movement> {
  const found = await db.selectFrom('cashMovement').selectAll().where('id', '=', id).executeTakeFirst()
  if (found === undefined) throw notFound(`cash movement ${id}`, '/v1/cash-movements', 'cash movements')
  return found as Movement
}

export async function deskOf(db: Database, { deskId }: Pick<Movement, 'deskId'>): Promise<Desk> {
  return (await db.selectFrom('cashDesk').selectAll().where('id', '=', deskId).executeTakeFirstOrThrow()) as Desk
}
