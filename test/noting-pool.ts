import type { PostgresPool, PostgresPoolClient } from 'kysely'
import { DatabaseHosts } from '../src/platform/database-hosts.ts'
import { ORDINARY, PrimaryPool } from '../src/platform/db.ts'

/** Connections that note what is asked of the database. */
export class NotingPool implements PostgresPool {
  readonly options = {}
  readonly statements: string[] = []
  private readonly real: PrimaryPool

  constructor(databaseUrl: string) {
    this.real = new PrimaryPool(new DatabaseHosts(databaseUrl), ORDINARY)
  }

  async connect(): Promise<PostgresPoolClient> {
    const client = await this.real.connect()
    const query = async (text: string, values: unknown[]): Promise<unknown> => {
      this.statements.push(text)
      return client.query(text, values)
    }
    return { query, release: () => client.release() } as unknown as PostgresPoolClient
  }

  /** How often rows of a table were read, without those that a statement joins. */
  reads(table: string): number {
    return this.statements.filter((text) => text.startsWith('select') && text.includes(` from ${table}`)).length
  }

  async end(): Promise<void> {
    await this.real.end()
  }
}
