import { join } from 'node:path'
import { copyDurably } from '../../platform/copy-durably.ts'
import { KEY_FILE } from '../../platform/secrets/key-file.ts'
import { codeOf } from '../../platform/start-mistake.ts'
import { type FileNote, noteOf } from './manifest.ts'

/**
 * Copies the keys of secrets that lie in the data directory; those that the operator keeps elsewhere are not in a backup. A key
 * is in the file before anything is encrypted with it, and stays there beside the next one: a copy that is made after the rows
 * has the keys of all of them.
 * @returns its note by its name in the backup; nothing where there is no such file
 */
export async function copySecretKeys(dataDir: string, to: string): Promise<Record<string, FileNote>> {
  const target = join(to, KEY_FILE)
  try {
    await copyDurably(join(dataDir, KEY_FILE), target)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return {}
    throw error
  }
  return { [KEY_FILE]: await noteOf(target) }
}

/** Whether the keys are still those that were copied. */
export async function areSameKeys(dataDir: string, copied: Readonly<Record<string, FileNote>>): Promise<boolean> {
  const now = await noteOf(join(dataDir, KEY_FILE)).catch(() => null)
  return now?.sha256 === copied[KEY_FILE]?.sha256
}
