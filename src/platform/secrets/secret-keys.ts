import type { Config } from '../config.ts'
import type { Database } from '../db.ts'
import { KeyedMutex } from '../keyed-mutex.ts'
import { Refusal } from '../problems.ts'
import type { Tenant } from '../tenant.ts'
import { columnsIn, type EncryptedColumn, encryptAnew, keyIdsInUse } from './encrypted-columns.ts'
import { type KeySource, makeKeyFile, readKeySource, readOwnKeys, writeKeys } from './key-file.ts'
import { KeyRing, newKey } from './key-ring.ts'

export interface Rotation {
  readonly keyId: string
  /** Secrets that were encrypted anew, by tenant; those of the platform are under an empty name. */
  readonly encrypted: ReadonlyMap<string, number>
}

/** The keys of an installation, and the change from one to the next. */
export class SecretKeys {
  readonly ring: KeyRing
  private readonly db: Database
  private readonly columns: readonly EncryptedColumn[]
  private readonly source: KeySource
  private readonly turns = new KeyedMutex()

  private constructor(db: Database, columns: readonly EncryptedColumn[], source: KeySource) {
    this.db = db
    this.columns = columns
    this.source = source
    this.ring = new KeyRing(source.keys)
  }

  /**
   * Reads the keys, and makes the first one where no secret needs one of before. What is not encrypted with the current key is
   * encrypted anew.
   * @param onLost is called with the keys that are missing: Kvit works without them, but for what needs those secrets
   */
  static async open(
    config: Config,
    db: Database,
    columns: readonly EncryptedColumn[],
    tenants: readonly Tenant[],
    onLost: (sentence: string) => void,
  ): Promise<SecretKeys> {
    const source = await readKeySource(config)
    const keys = new SecretKeys(db, columns, source)
    const used = await keyIdsInUse(db, columnsIn(columns, tenants))
    if (source.keys.length === 0 && used.size === 0 && source.ownFile !== null)
      keys.ring.replace(await makeKeyFile(source.ownFile))
    const lost = [...used].filter((id) => !keys.ring.has(id))
    if (lost.length > 0) onLost(lostKeys(lost, source.name))
    await keys.encryptAll(tenants)
    return keys
  }

  /**
   * Makes a new key, encrypts all secrets with it, and keeps the one before as well, so that a backup of the database from
   * before can be read. A process that ends in between leaves both keys and rows of both: the next start continues.
   */
  async rotate(tenants: readonly Tenant[]): Promise<Rotation> {
    return this.turns.take('rotation', async () => {
      const { ownFile, name } = this.source
      if (ownFile === null)
        throw new Refusal(
          'conflict',
          `${name} is kept by the operator: put a new key before the others there, with a comma or in a line of its own, and start again`,
        )
      const known = await readOwnKeys(ownFile)
      const key = newKey()
      await writeKeys(ownFile, [key, ...known])
      this.ring.replace([key, ...known])
      const encrypted = await this.encryptAll(tenants)
      const used = await keyIdsInUse(this.db, columnsIn(this.columns, tenants))
      const kept = [key, ...known.filter(({ id }, at) => at === 0 || used.has(id))]
      await writeKeys(ownFile, kept)
      this.ring.replace(kept)
      return { keyId: key.id, encrypted }
    })
  }

  private async encryptAll(tenants: readonly Tenant[]): Promise<Map<string, number>> {
    const encrypted = new Map<string, number>()
    for (const place of columnsIn(this.columns, tenants)) {
      const count = await encryptAnew(this.db, this.ring, place)
      if (count > 0) encrypted.set(place.name, (encrypted.get(place.name) ?? 0) + count)
    }
    return encrypted
  }
}

/** What is wrong, and what to do. */
export function lostKeys(ids: readonly string[], source: string): string {
  return (
    `secrets in the database are encrypted with ${ids.length === 1 ? `the key ${ids[0]}, which is` : `keys ${ids.join(', ')}, which are`} not in ${source}: ` +
    'bring the keys back from a backup, or set those secrets again'
  )
}
