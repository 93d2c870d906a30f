import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'

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

/** A folder of plan files, or one plan file with the CSV files that it names. */
export async function readPlanFiles(path: string): Promise<{ name: string; text: string }[]> {
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) throw new Error(`there is no file or folder ${path}`)
  const files = found.isDirectory() ? await readPlanFolder(path) : await readPlanFile(path)
  if (files.length === 0) throw new Error(`${path} has no plan files: their names end with .yaml or .yml`)
  return files
}

async function readPlanFile(path: string): Promise<{ name: string; text: string }[]> {
  if (!/\.ya?ml$/.test(path)) throw new Error(`${path} is no plan file: give a .yaml or .yml file, or a folder of them`)
  if (CASES_FILE.test(path)) throw new Error(`${path} has test cases: "kvit plan test ${path}" runs them`)
  const text = await readFile(path, 'utf8')
  const named = [...new Set(text.match(/[^\s'"{},[\]]+\.csv\b/g))]
  const tables = await Promise.all(
    named.map(async (name) => ({ name, text: await readFile(join(dirname(path), name), 'utf8').catch(() => null) })),
  )
  // A file that is not there is told by whoever reads the plan, with the place that names it.
  return [
    { name: basename(path), text },
    ...tables.flatMap(({ name, text }) => (text === null ? [] : [{ name, text }])),
  ]
}
