import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'

/**
 * One customer, account, service and subscription for each of `count` services, written straight into the tables:
 * seeding is not what is measured.
 */
export async function seedServices(
  dataDir: string,
  schema: string,
  count: number,
  planVersionId: string,
  issuerId: string,
  creditLimitMinor: number | null = null,
  /** Of customers that are taxed: what they are, and where. */
  buyers: { readonly kind: string; readonly postalAddress: object } | null = null,
): Promise<void> {
  const client = await connectTo(dataDir)
  const at = "'2026-01-01T00:00:00Z'::timestamptz"
  const key = "'svc-' || lpad(n::text, 7, '0')"
  // Ids in the order of their making, as the application makes them.
  const id = (kind: string): string =>
    `(lpad(to_hex(1767225600000 + n), 12, '0') || '7' || substr(md5('${kind}' || n), 1, 3) || '8' || substr(md5('${kind}' || n), 4, 15))::uuid`
  const each = `from generate_series(0, ${count - 1}) n`
  await client.query(`set search_path to ${schema}`)
  await client.query('begin')
  await client.query(
    `insert into customer (id, key, name, language, created_at, updated_at, kind, postal_address)
      select ${id('c')}, ${key}, ${key}, 'en', ${at}, ${at}, $1, $2::jsonb ${each}`,
    [buyers?.kind ?? null, buyers === null ? null : JSON.stringify(buyers.postalAddress)],
  )
  await client.query(`insert into account (id, key, customer_id, issuer_id, currency, zone, cycle_unit, cycle_count, cycle_anchor, terms_days, credit_limit_minor, created_at, updated_at)
    select ${id('a')}, ${key}, ${id('c')}, '${issuerId}', 'EUR', 'UTC', 'month', 1, '2026-01-01', 14, ${creditLimitMinor ?? 'null'}, ${at}, ${at} ${each}`)
  await client.query(`insert into service_key (key) select ${key} ${each}`)
  await client.query(
    `insert into service (id, key, account_id, valid_from, created_at, updated_at) select ${id('s')}, ${key}, ${id('a')}, ${at}, ${at}, ${at} ${each}`,
  )
  await client.query(`insert into subscription (id, key, account_id, plan_version_id, quantity, starts_at, created_at, updated_at)
    select ${id('u')}, ${key}, ${id('a')}, '${planVersionId}', 1, ${at}, ${at}, ${at} ${each}`)
  await client.query('commit')
  await client.query('analyze')
  await client.end()
}

/** A connection to the database of a server, whose rows are looked at, or put there, behind its back. */
export async function connectTo(dataDir: string): Promise<pg.Client> {
  const { password, port } = JSON.parse(await readFile(join(dataDir, 'postgres.json'), 'utf8')) as {
    password: string
    port: number
  }
  const client = new pg.Client({
    connectionString: process.env['DATABASE_URL'] ?? `postgres://kvit:${password}@127.0.0.1:${port}/postgres`,
  })
  await client.connect()
  return client
}

/** What all counters of a tenant have charged, at the rating scale. */
export async function readTotal(dataDir: string, schema: string): Promise<bigint> {
  const client = await connectTo(dataDir)
  const { rows } = await client.query<{ total: string }>(`select sum(amount)::text as total from ${schema}.counter`)
  await client.end()
  return BigInt(rows[0]?.total ?? '0')
}
