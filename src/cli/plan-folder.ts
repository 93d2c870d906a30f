import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'

/** Cases that stand beside plan files: `kvit plan test` runs them, and nothing publishes them. */
export const CASES_FILE = /\.cases\.ya?ml$/

/** All files of a folder and its subfolders, in order. */
export async function listFolder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

/** Plan files and the CSV files of their schedules, under the names by which they refer to one another. */
export async function readPlanFolder(folder: string): Promise<{ name: string; text: string }[]> {
  const files = (await listFolder(folder)).filter((path) => /\.(ya?ml|csv)$/.test(path) && !CASES_FILE.test(path))
  return Promise.all(files.map(async (path) => ({ name: relative(folder, path), text: await readFile(path, 'utf8') })))
}
