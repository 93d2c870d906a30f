import { chmod, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { StartMistake } from './start-mistake.ts'

/** What `postgres.json` keeps of the Postgres that Kvit brings: for its owner's eyes alone. */
const secretsSchema = z.object({
  password: z.string(),
  port: z.number(),
  /** Where the database is, if not in the data directory. */
  folder: z.string().optional(),
})
export type PostgresSecrets = z.infer<typeof secretsSchema>

const fileOf = (dataDir: string): string => join(dataDir, 'postgres.json')

export async function readSecrets(dataDir: string): Promise<PostgresSecrets | null> {
  const file = fileOf(dataDir)
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) return null
  await chmod(file, 0o600).catch(() => undefined)
  try {
    return secretsSchema.parse(JSON.parse(text))
  } catch {
    throw new StartMistake(`${file} cannot be read as what Kvit wrote: bring it back from a backup`)
  }
}

/** Whole or not at all: without its password a database is lost. */
export async function writeSecrets(dataDir: string, secrets: PostgresSecrets): Promise<void> {
  const draft = `${fileOf(dataDir)}.${process.pid}`
  await writeFile(draft, JSON.stringify(secrets), { mode: 0o600, flush: true })
  await rename(draft, fileOf(dataDir))
}
