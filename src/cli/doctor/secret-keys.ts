import type pg from 'pg'
import { ENCRYPTED } from '../../app/encrypted.ts'
import type { Config } from '../../platform/config.ts'
import { columnsIn } from '../../platform/secrets/encrypted-columns.ts'
import { readKeySource } from '../../platform/secrets/key-file.ts'
import { lostKeys } from '../../platform/secrets/secret-keys.ts'
import { StartMistake } from '../../platform/start-mistake.ts'
import { type Finding, note, ok, wrong } from './finding.ts'

const CHECK = 'keys of secrets'

/** Whether the keys are there that secrets in the database are encrypted with. An id follows from its key, so a wrong key shows. */
export async function examineSecretKeys(
  client: pg.Client,
  schemas: readonly string[],
  config: Config,
): Promise<Finding> {
  const places = columnsIn(
    ENCRYPTED,
    schemas.map((schema) => ({ name: schema, schema })),
  )
  const used = new Map<string, number>()
  for (const { column, schema } of places)
    for (const { id, count } of await countByKey(client, schema, snakeCase(column.table), snakeCase(column.keyId)))
      used.set(id, (used.get(id) ?? 0) + count)
  try {
    const { name, keys } = await readKeySource(config)
    const known = new Set(keys.map(({ id }) => id))
    const lost = [...used.keys()].filter((id) => !known.has(id))
    const count = [...used.values()].reduce((sum, one) => sum + one, 0)
    if (lost.length > 0) {
      const [what = '', advice = ''] = lostKeys(lost, name).split(': ')
      return wrong(CHECK, what, advice)
    }
    if (keys.length === 0) return note(CHECK, 'there is none yet', 'the next start makes one')
    return ok(CHECK, `${count} ${count === 1 ? 'secret' : 'secrets'}, the current key is ${keys[0]?.id} of ${name}`)
  } catch (error) {
    if (!(error instanceof StartMistake)) throw error
    const [what = '', advice = ''] = error.message.split(/: (?=[^:]*$)/)
    return wrong(CHECK, what, advice)
  }
}

/** Nothing where a migration that makes the column is still to come. */
async function countByKey(
  client: pg.Client,
  schema: string,
  table: string,
  keyId: string,
): Promise<{ id: string; count: number }[]> {
  const isThere = await client.query(
    'select 1 from information_schema.columns where table_schema = $1 and table_name = $2 and column_name = $3',
    [schema, table, keyId],
  )
  if (isThere.rows.length === 0) return []
  const { rows } = await client.query<{ id: string; count: number }>(
    `select ${keyId} as id, count(*)::int as count from ${client.escapeIdentifier(schema)}.${table}
     where ${keyId} is not null group by 1 order by 1`,
  )
  return rows
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
