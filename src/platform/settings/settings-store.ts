import type { z } from 'zod'
import { systemClock } from '../clock.ts'
import type { Database } from '../db.ts'
import { type EncryptedColumn, placeOf } from '../secrets/encrypted-columns.ts'
import type { Encrypted, KeyRing } from '../secrets/key-ring.ts'
import type { SettingsDraft, SettingsType } from './settings-type.ts'

export const SETTING_SECRETS: EncryptedColumn = {
  of: 'tenant',
  table: 'settingSecret',
  key: ['setting', 'field'],
  keyId: 'keyId',
  ciphertext: 'ciphertext',
}

/** Settings as the module that declares them works with them. */
export interface ReadSettings<Values extends z.ZodObject, Field extends string> {
  readonly values: z.output<Values>
  /** As they were sent; null where one is not set. */
  readonly secrets: Readonly<Record<Field, string | null>>
}

interface SettingRow {
  readonly content: unknown
  readonly changedAt: Date
  readonly changedBy: string
}

interface SecretRow extends Encrypted {
  readonly field: string
  readonly setAt: Date
}

/** Settings of tenants, with secrets that are encrypted at rest. `db` is in the tenant's schema. */
export class SettingsStore {
  private readonly ring: KeyRing

  constructor(ring: KeyRing) {
    this.ring = ring
  }

  /** @returns null where nothing is set. @throws Refusal `secrets_unavailable` where a secret cannot be read. */
  async find<Values extends z.ZodObject, Field extends string>(
    db: Database,
    tenant: string,
    { name, values, secrets }: SettingsType<Values, Field>,
  ): Promise<ReadSettings<Values, Field> | null> {
    const row = await settingRow(db, name)
    if (row === undefined) return null
    const rows = await secretRows(db, name)
    const read = (field: string): string | null => {
      const found = rows.find((one) => one.field === field)
      return found === undefined
        ? null
        : this.ring.decrypt(placeOf(SETTING_SECRETS, tenant, [name, field]), found).toString('utf8')
    }
    const all = Object.keys(secrets).map((field) => [field, read(field)])
    return { values: values.parse(row.content), secrets: Object.fromEntries(all) as Record<Field, string | null> }
  }

  /** What others may see of them. */
  async view(db: Database, { name, secrets }: SettingsType): Promise<object> {
    const row = await settingRow(db, name)
    const setAt = new Map((await secretRows(db, name)).map((one) => [one.field, one.setAt]))
    const shown = Object.keys(secrets).map((field) => [
      field,
      { isSet: setAt.has(field), setAt: setAt.get(field) ?? null },
    ])
    const { content = null, changedAt = null, changedBy = null } = row ?? {}
    return { name, values: content, secrets: Object.fromEntries(shown), changedAt, changedBy }
  }

  /** Sets the values as a whole, and those secrets that are sent. */
  async put(
    db: Database,
    tenant: string,
    { name }: SettingsType,
    { values, secrets }: SettingsDraft,
    changedBy: string,
  ): Promise<void> {
    const at = new Date(systemClock.nowMs())
    const row = { content: JSON.stringify(values), changedAt: at, changedBy }
    await db
      .insertInto('setting')
      .values({ name, ...row })
      .onConflict((on) => on.column('name').doUpdateSet(row))
      .execute()
    for (const [field, secret] of Object.entries(secrets)) {
      if (secret === undefined) continue
      if (secret === null) {
        await db.deleteFrom('settingSecret').where('setting', '=', name).where('field', '=', field).execute()
        continue
      }
      const kept = this.ring.encrypt(placeOf(SETTING_SECRETS, tenant, [name, field]), Buffer.from(secret, 'utf8'))
      const columns = { ...kept, setAt: at }
      await db
        .insertInto('settingSecret')
        .values({ setting: name, field, ...columns })
        .onConflict((on) => on.columns(['setting', 'field']).doUpdateSet(columns))
        .execute()
    }
  }

  /** @returns false where nothing was set. */
  async remove(db: Database, { name }: SettingsType): Promise<boolean> {
    const removed = await db.deleteFrom('setting').where('name', '=', name).returning('name').execute()
    return removed.length > 0
  }
}

/** Values of settings without their secrets; null where nothing is set. */
export async function findSettingValues<Values extends z.ZodObject>(
  db: Database,
  { name, values }: Pick<SettingsType<Values>, 'name' | 'values'>,
): Promise<z.output<Values> | null> {
  const row = await settingRow(db, name)
  return row === undefined ? null : values.parse(row.content)
}

/** Values of settings without secrets, whole: where nothing is set, as they are by default. */
export async function settingValues<Values extends z.ZodObject>(
  db: Database,
  { name, values }: SettingsType<Values, never>,
): Promise<z.output<Values>> {
  return values.parse((await settingRow(db, name))?.content ?? {})
}

async function settingRow(db: Database, name: string): Promise<SettingRow | undefined> {
  const row = await db.selectFrom('setting').selectAll().where('name', '=', name).executeTakeFirst()
  return row as SettingRow | undefined
}

async function secretRows(db: Database, name: string): Promise<SecretRow[]> {
  const rows = await db.selectFrom('settingSecret').selectAll().where('setting', '=', name).execute()
  return rows as unknown as SecretRow[]
}
