import { constants } from 'node:fs'
import { copyFile, open } from 'node:fs/promises'

/** Copies a file so that it is on the disk afterwards, for its owner's eyes alone. @returns its size in bytes. */
export async function copyDurably(from: string, to: string): Promise<number> {
  await copyFile(from, to, constants.COPYFILE_FICLONE)
  const handle = await open(to, 'r+')
  try {
    await handle.chmod(0o600)
    await handle.sync()
    return (await handle.stat()).size
  } finally {
    await handle.close()
  }
}
