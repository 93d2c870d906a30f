import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AccessService } from './service.ts'

/** The root key of an installation, kept readable by its owner alone. */
export async function ensureRootKey(dataDir: string, access: AccessService): Promise<string> {
  const file = join(dataDir, 'root.key')
  const kept = (await readFile(file, 'utf8').catch(() => '')).trim()
  if (kept !== '' && (await access.findCaller(kept)) !== null) return kept
  const key = await access.createRootKey()
  await writeFile(file, `${key}\n`, { mode: 0o600 })
  return key
}
