import { sql } from 'kysely'
import { type Brand, PLAIN_BRAND } from '../../core/pages/brand.ts'
import { digestOfContent } from '../../platform/content-digest.ts'
import type { Database } from '../../platform/db.ts'
import { notFound, Refusal } from '../../platform/problems.ts'

export interface BrandVersion {
  readonly id: string
  readonly key: string
  readonly version: number
  readonly content: Brand
  readonly digest: string
  readonly createdAt: Date
}

export interface BrandImage {
  readonly digest: string
  readonly format: 'png' | 'svg'
  readonly bytes: Buffer
  readonly createdAt: Date
}

/** What was not there yet when a version was written is as on plain pages. */
function toVersion(row: unknown): BrandVersion {
  const version = row as BrandVersion
  return { ...version, content: { ...PLAIN_BRAND, ...version.content } }
}

/** Of a content as it is stored. */
export function digestOfBrand(content: object): string {
  return digestOfContent(content).toString('hex')
}

/** The last version of a brand, or the one of a number. */
export async function findBrand(db: Database, key: string, version?: number): Promise<BrandVersion | undefined> {
  let query = db.selectFrom('brandVersion').selectAll().where('key', '=', key)
  if (version !== undefined) query = query.where('version', '=', version)
  const row = await query.orderBy('version', 'desc').limit(1).executeTakeFirst()
  return row === undefined ? undefined : toVersion(row)
}

export async function getBrand(db: Database, key: string, version?: number): Promise<BrandVersion> {
  const found = await findBrand(db, key, version)
  if (found === undefined)
    throw notFound(`brand ${key}${version === undefined ? '' : ` of version ${version}`}`, '/v1/brands', 'brand list')
  return found
}

/** Refuses the name of a brand that is not there. */
export async function assertBrand(db: Database, key: string | null | undefined): Promise<void> {
  if (key == null || (await findBrand(db, key)) !== undefined) return
  throw new Refusal('unprocessable', `brand: there is no brand ${key}; GET /v1/brands (kvit brand list) shows them`)
}

/** The last version of each. */
export async function listBrands(db: Database): Promise<BrandVersion[]> {
  const query = db.selectFrom('brandVersion').selectAll().distinctOn('key').orderBy('key').orderBy('version', 'desc')
  return (await query.execute()).map(toVersion)
}

export async function insertBrand(db: Database, version: BrandVersion): Promise<void> {
  await db
    .insertInto('brandVersion')
    .values({ ...version, content: JSON.stringify(version.content) })
    .execute()
}

export async function countBrands(db: Database): Promise<number> {
  const count = sql<string>`count(distinct key)`.as('count')
  return Number((await db.selectFrom('brandVersion').select(count).executeTakeFirstOrThrow()).count)
}

/** Writers of one brand take turns. */
export async function lockBrand(db: Database, key: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(current_schema() || ' brand ' || ${key}))`.execute(db)
}

export async function findImage(db: Database, digest: string): Promise<BrandImage | undefined> {
  const query = db.selectFrom('brandImage').selectAll().where('digest', '=', digest)
  return (await query.executeTakeFirst()) as BrandImage | undefined
}

export async function getImage(db: Database, digest: string): Promise<BrandImage> {
  const found = await findImage(db, digest)
  if (found === undefined)
    throw new Refusal('not_found', `there is no image ${digest}; POST /v1/brand-images keeps one`)
  return found
}

export async function insertImage(db: Database, image: BrandImage): Promise<void> {
  await db
    .insertInto('brandImage')
    .values(image)
    .onConflict((on) => on.doNothing())
    .execute()
}

export async function countImages(db: Database): Promise<number> {
  const count = sql<string>`count(*)`.as('count')
  return Number((await db.selectFrom('brandImage').select(count).executeTakeFirstOrThrow()).count)
}
