import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { StartMistake } from '../../platform/start-mistake.ts'

const NAME = 'manifest.json'
/** Where the write-ahead log is in the backup of a cluster. */
export const LOG = 'database/pg_wal/'
const FORMAT = 1

const head = z.strictObject({ seq: z.int().min(0), digest: z.hex().length(64) })
const manifestSchema = z.strictObject({
  format: z.literal(FORMAT),
  /** The version of Kvit that made it. */
  kvit: z.string(),
  /** `cluster`: files of the bundled Postgres. `tables`: rows of all tables, for any Postgres. */
  kind: z.enum(['cluster', 'tables']),
  /** Major version of the Postgres whose files these are; of tables, the one they were read from. */
  postgres: z.string(),
  began: z.iso.datetime(),
  /** Whatever was acknowledged before this moment is in the backup. */
  standsFor: z.iso.datetime(),
  /** The last segment of each tenant's journal that is in it for certain. */
  heads: z.record(z.string(), head),
  /** Folders that must be there, also where they are empty. */
  folders: z.array(z.string()),
  /** All but segments of the write-ahead log, which are copied last, and have checksums that Postgres itself looks at. */
  files: z.record(z.string(), z.strictObject({ bytes: z.int().min(0), sha256: z.hex().length(64) })),
  /** Which migrations each schema has had. */
  schemas: z.record(z.string(), z.array(z.string())),
  /** Whose rows are in which file, and in which order of columns. */
  tables: z.array(
    z.strictObject({ schema: z.string(), table: z.string(), columns: z.array(z.string()), file: z.string() }),
  ),
})
export type Manifest = z.infer<typeof manifestSchema>
export type FileNote = Manifest['files'][string]

export const emptyManifest = (kind: Manifest['kind'], kvit: string, began: string): Manifest => ({
  format: FORMAT,
  kvit,
  kind,
  postgres: '',
  began,
  standsFor: began,
  heads: {},
  folders: [],
  files: {},
  schemas: {},
  tables: [],
})

/** Written last: a folder without it is no backup, or one that was not finished. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const draft = join(folder, `${NAME}.new`)
  await writeFile(draft, `${JSON.stringify(manifest, null, 1)}\n`, { mode: 0o600, flush: true })
  await rename(draft, join(folder, NAME))
}

export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, NAME), 'utf8').catch(() => null)
  if (text === null)
    throw new StartMistake(`${folder} has no ${NAME}: it is no backup of Kvit, or one that was not finished`)
  try {
    return manifestSchema.parse(JSON.parse(text))
  } catch {
    throw new StartMistake(`${join(folder, NAME)} cannot be read: it was changed, or a newer Kvit made it`)
  }
}

/** Size and SHA-256 of a file as it is on the disk. */
export async function noteOf(file: string): Promise<FileNote> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const part of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
    hash.update(part as Buffer)
    bytes += (part as Buffer).length
  }
  return { bytes, sha256: hash.digest('hex') }
}

/** Files and folders below a folder, by their paths from there; folders before what is in them. */
export async function listBelow(folder: string, path = ''): Promise<{ folders: string[]; files: string[] }> {
  const found = { folders: [] as string[], files: [] as string[] }
  for (const entry of await readdir(join(folder, path), { withFileTypes: true })) {
    const name = path === '' ? entry.name : `${path}/${entry.name}`
    if (entry.isFile()) found.files.push(name)
    if (!entry.isDirectory()) continue
    const below = await listBelow(folder, name)
    found.folders.push(name, ...below.folders)
    found.files.push(...below.files)
  }
  return found
}

/** Whether there is nothing in a folder, or no folder. */
export async function isEmptyFolder(folder: string): Promise<boolean> {
  const found = await stat(folder).catch(() => null)
  if (found === null) return true
  return found.isDirectory() && (await readdir(folder)).length === 0
}
