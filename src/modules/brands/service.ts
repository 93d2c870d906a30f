import { createHash } from 'node:crypto'
import { type Brand, PLAIN_BRAND } from '../../core/pages/brand.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { Refusal } from '../../platform/problems.ts'
import { pngFault } from './check-png.ts'
import { svgFault } from './check-svg.ts'
import { brandPublished } from './events.ts'
import * as store from './store.ts'

/** Brands and pictures of a tenant: more than anybody has, and little enough to keep. */
const [MAX_BRANDS, MAX_IMAGES] = [1_000, 1_000]
/** Versions of one brand. */
const MAX_VERSIONS = 10_000

/** Publishes a version; the same content as the last one is that one. */
export async function publishBrand(
  db: Database,
  key: string,
  content: Brand,
  nowMs: number,
): Promise<store.BrandVersion> {
  if (content.logo !== null) await store.getImage(db, content.logo.image)
  await store.lockBrand(db, key)
  const last = await store.findBrand(db, key)
  const digest = store.digestOfBrand(content)
  if (last?.digest === digest) return last
  if (last === undefined && (await store.countBrands(db)) >= MAX_BRANDS)
    throw new Refusal('unprocessable', `a tenant has at most ${MAX_BRANDS} brands`)
  const version = (last?.version ?? 0) + 1
  if (version > MAX_VERSIONS) throw new Refusal('unprocessable', `a brand has at most ${MAX_VERSIONS} versions`)
  const published = { id: newId(), key, version, content, digest, createdAt: new Date(nowMs) }
  await store.insertBrand(db, published)
  await publish(db, [eventOf(brandPublished, { objectId: published.id }, { key, version, digest })], nowMs)
  return published
}

/** Keeps a picture by its hash, after it was looked through. */
export async function keepImage(db: Database, bytes: Buffer, nowMs: number): Promise<store.BrandImage> {
  const format = bytes[0] === 0x89 ? 'png' : 'svg'
  const fault = format === 'png' ? pngFault(bytes) : svgFault(bytes)
  if (fault !== null) throw new Refusal('unprocessable', `the picture is no ${format.toUpperCase()} to print: ${fault}`)
  const digest = digestOfImage(bytes)
  const known = await store.findImage(db, digest)
  if (known !== undefined) return known
  if ((await store.countImages(db)) >= MAX_IMAGES)
    throw new Refusal('unprocessable', `a tenant has at most ${MAX_IMAGES} pictures`)
  const kept = { digest, format, bytes, createdAt: new Date(nowMs) } as const
  await store.insertImage(db, kept)
  return kept
}

export function digestOfImage(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** What a page looks like, and the picture on it. */
export interface Look {
  readonly brand: Brand
  readonly logo: store.BrandImage | undefined
}

/** The look that a document was issued with: later versions of its brand are none of it. */
export async function lookOf(
  db: Database,
  named: { readonly key: string; readonly version: number } | undefined,
): Promise<Look> {
  if (named === undefined) return { brand: PLAIN_BRAND, logo: undefined }
  return withLogo(db, (await store.getBrand(db, named.key, named.version)).content)
}

export async function withLogo(db: Database, brand: Brand): Promise<Look> {
  return { brand, logo: brand.logo === null ? undefined : await store.getImage(db, brand.logo.image) }
}
/** The look that an account's papers of today have: that of its brand, or else of its issuer's. */
export async function lookOfToday(db: Database, ...keys: readonly (string | null)[]): Promise<Look> {
  const key = keys.find((one) => one !== null)
  return key == null ? { brand: PLAIN_BRAND, logo: undefined } : withLogo(db, (await store.getBrand(db, key)).content)
}
