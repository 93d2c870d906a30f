import type { BoundRows } from './bound-row.ts'

/**
 * SQL of the keys and digests of rows: SHA-256 over the JSON list of the kind, the key and the columns. Sessions are in UTC,
 * so that times have one text.
 */
export function digestsOf(
  { kind, table, key, keyType, columns, orderBy, where }: BoundRows,
  schema: string,
  among: string,
): string {
  const name = keyText(key, keyType)
  const row = `jsonb_build_array(${columns.map((column) => (column.includes('(') ? column : `t.${column}`)).join(', ')})`
  const content = orderBy === undefined ? row : `jsonb_agg(${row} order by t.${orderBy})`
  const digest = `sha256(convert_to(jsonb_build_array('${kind}', ${name}, ${content})::text, 'UTF8'))`
  const group = orderBy === undefined ? '' : `group by t.${key}`
  return `select ${name} as key, ${digest} as digest from "${schema}".${table} t where ${where ?? 'true'} and ${among} ${group}`
}

/** A key as text. */
export function keyText(key: string, keyType: BoundRows['keyType']): string {
  return keyType === 'bytea' ? `encode(t.${key}, 'hex')` : `t.${key}::text`
}

/** A key out of its text. */
export function keyOutOf(text: string, keyType: BoundRows['keyType']): string {
  return keyType === 'bytea' ? `decode(${text}, 'hex')` : `(${text})::${keyType}`
}
