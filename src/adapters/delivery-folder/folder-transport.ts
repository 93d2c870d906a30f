import { lstat, mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DocumentTransport, OutgoingDocument, TransportAnswer } from '../../modules/deliveries/ports.ts'

const MAX_BYTES = 100_000_000
const MAX_NAME = 120
/** Where the ids of what was delivered are kept: whoever takes documents out of the folder does not have them delivered again. */
const DELIVERED = '.delivered'
const ID = /^[A-Za-z0-9-]{1,100}$/
/** Names of tenants are such already: this is the last look before a path is made of one. */
const TENANT = /^[a-z][a-z0-9-]{0,39}$/

/**
 * Documents as folders of files: `root/tenant/R-000001-<id>/R-000001.pdf`. A folder appears with all of its files at once, under a name that no part of leads out of the tenant's.
 * @param root a folder of the server's configuration, which is there
 */
export function folderTransport(root: string, tenant: string): DocumentTransport {
  if (!TENANT.test(tenant)) throw new Error(`${tenant} is no name of a folder`)
  const home = join(root, tenant)
  return {
    capabilities: { dedupes: true, asks: true, confirms: true, callbacks: false, maxBytes: MAX_BYTES },
    send: async (document, signal) => {
      if (signal.aborted) return { outcome: 'unknown', said: 'nobody waited for it' }
      try {
        return await put(root, home, document)
      } catch (error) {
        return declined(error)
      }
    },
    ask: async (id, signal) => {
      if (signal.aborted) return { outcome: 'unknown', said: 'nobody waited for it' }
      try {
        return await find(home, id)
      } catch (error) {
        return { outcome: 'unknown', said: wordOf(error) }
      }
    },
    parseCallback: () => null,
  }
}

async function put(root: string, home: string, { id, number, files }: OutgoingDocument): Promise<TransportAnswer> {
  if (!ID.test(id)) return refused('its id has other letters than those of names')
  // The operator makes the folder: one that is not there is a disk that is not mounted, and nothing is written beside it.
  await lstat(root)
  await mkdir(join(home, DELIVERED), { recursive: true })
  if (!(await lstat(home)).isDirectory()) return refused('the folder of the tenant is none')
  const known = await find(home, id)
  if (known.outcome === 'delivered') return known
  const name = `${safeName(number)}-${id}`
  const part = join(home, `.${id}.part`)
  await rm(part, { recursive: true, force: true })
  await mkdir(part)
  for (const file of files) await writeDurably(join(part, safeName(file.name)), file.content)
  await syncFolder(part)
  await rename(part, join(home, name))
  await writeFile(join(home, DELIVERED, id), '')
  await syncFolder(home)
  return { outcome: 'delivered', id: name, said: null }
}

type Found =
  | { readonly outcome: 'delivered'; readonly id: string | null; readonly said: null }
  | { readonly outcome: 'absent' }

/** What stands in the folder, or stood there. */
async function find(home: string, id: string): Promise<Found> {
  if (!ID.test(id)) return { outcome: 'absent' }
  const names = await orNothing(async () => readdir(home), [])
  const name = names.find((one) => !one.startsWith('.') && one.endsWith(`-${id}`))
  const wasThere = await orNothing(async () => lstat(join(home, DELIVERED, id)), null)
  if (name === undefined && wasThere === null) return { outcome: 'absent' }
  return { outcome: 'delivered', id: name ?? null, said: null }
}

async function orNothing<T>(read: () => Promise<T>, nothing: T): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return nothing
    throw error
  }
}

/** `2026/02-0001` is `2026-02-0001`, and no name begins with a point. */
function safeName(text: string): string {
  const safe = text.normalize('NFC').replaceAll(/[^\p{L}\p{N}._-]/gu, '-')
  return safe.replace(/^\.+/, '').slice(-MAX_NAME).replace(/^\.+/, '') || 'document'
}

async function writeDurably(path: string, content: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o640)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

function refused(said: string): TransportAnswer {
  return { outcome: 'declined', reason: 'refused', mayRetry: false, said }
}

/** What was written in part stands under a name that nobody reads. */
function declined(error: unknown): TransportAnswer {
  return { outcome: 'declined', reason: 'unavailable', mayRetry: true, said: wordOf(error) }
}

/** `ENOSPC`, and not where the folder is: that is the operator's. */
function wordOf(error: unknown): string {
  return `the folder cannot be used: ${(error as NodeJS.ErrnoException).code ?? 'unknown fault'}`
}
