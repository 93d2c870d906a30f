import { sql } from 'kysely'
import { type CheckResult, checkNone } from '../../platform/check.ts'
import type { Database } from '../../platform/db.ts'
import { digestOfImage } from './service.ts'
import { digestOfBrand } from './store.ts'

/** Versions and pictures are as they were published, and those that documents name are there. */
export async function checkBrands(db: Database): Promise<CheckResult[]> {
  const versions = await db.selectFrom('brandVersion').selectAll().execute()
  const images = await db.selectFrom('brandImage').selectAll().execute()
  const changed = [
    ...versions
      .filter(({ content, digest }) => digestOfBrand(content as object) !== digest)
      .map(({ key, version }) => `version ${version} of brand ${key}`),
    ...images
      .filter(({ bytes, digest }) => digestOfImage(bytes as Buffer) !== digest)
      .map(({ digest }) => `picture ${digest}`),
  ]
  const published = new Set(versions.map(({ key, version, digest }) => `${key} ${version} ${digest}`))
  const part = (name: string) => sql<string>`document -> 'brand' ->> ${sql.lit(name)}`
  const named = await db
    .selectFrom('invoice')
    .select([part('key').as('key'), part('version').as('version'), part('digest').as('digest')])
    .select(sql<string>`min(document ->> 'number')`.as('first'))
    .where(sql<boolean>`jsonb_exists(document, 'brand')`)
    .groupBy([part('key'), part('version'), part('digest')])
    .execute()
  const lost = named.filter(({ key, version, digest }) => !published.has(`${key} ${version} ${digest}`))
  return [
    checkNone('brands and their pictures are as they were published', changed, `${versions.length} versions`),
    checkNone(
      'every document has the brand that it was issued with',
      lost.map(({ first, key, version }) => `${first}: version ${version} of brand ${key}`),
    ),
  ]
}
