import { glob, readdir, stat } from 'node:fs/promises'
import { basename, join, relative, sep } from 'node:path'
import { codeOf } from '../platform/start-mistake.ts'
import { listZip, packingOf, readGzip, readPlain, readZipped } from './unfold.ts'

/** A text of usage, wherever it lies. */
export interface UsageFile {
  /** What `{file}` stands for: the file's own name, or its place in the folder or ZIP that was given; without `.gz`. */
  readonly name: string
  /** For people: where it lies. */
  readonly place: string
  /** Its bytes, unfolded, from an offset on. */
  readonly read: (offset: number) => AsyncGenerator<Buffer>
}

/** Files that one call may deliver. */
const MAX_FILES = 10_000
/** Which files of a folder or a ZIP are taken for usage; one that is named itself may be called anything. */
const USAGE_NAME = /\.(?:csv|tsv|txt|ndjson|jsonl|json)(?:\.gz)?$/i
const ZIP_NAME = /\.zip$/i
const PATTERN = /[*?[{]/

/**
 * The texts of usage that paths stand for: files, folders with all that is below them, and patterns such as `2026-*.csv.gz`.
 * They come in the order of the paths, and of their names within a folder.
 * @throws Error that says what was given where there is nothing to read.
 */
export async function findUsageFiles(paths: readonly string[]): Promise<UsageFile[]> {
  const found: UsageFile[] = []
  for (const path of paths) {
    found.push(...(await filesOf(path)))
    if (found.length > MAX_FILES) throw new Error(`more than ${MAX_FILES} files at once; name fewer`)
  }
  return found
}

async function filesOf(path: string): Promise<UsageFile[]> {
  const kind = await kindOf(path)
  if (kind === 'folder') return filesOfFolder(path)
  if (kind === 'file') return unpacked(path, basename(path))
  if (kind === null && PATTERN.test(path)) {
    const matches: string[] = []
    for await (const match of glob(path)) {
      matches.push(match)
      if (matches.length > MAX_FILES) throw new Error(`${path} fits more than ${MAX_FILES} files; name fewer`)
    }
    if (matches.length === 0) throw new Error(`no file fits ${path}`)
    const lists: UsageFile[][] = []
    for (const match of matches.sort()) lists.push(await filesOf(match))
    return lists.flat()
  }
  if (kind === null) throw new Error(`there is no ${path}`)
  throw new Error(`${path} is neither a file nor a folder: it cannot be read twice, so it could not go on after a cut`)
}

async function kindOf(path: string): Promise<'file' | 'folder' | 'other' | null> {
  try {
    const found = await stat(path)
    if (found.isDirectory()) return 'folder'
    return found.isFile() ? 'file' : 'other'
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw new Error(`${path} cannot be read (${codeOf(error)})`)
  }
}

async function filesOfFolder(folder: string): Promise<UsageFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  const names = paths.map((path) => relative(folder, path).split(sep).join('/')).sort()
  const taken = names.filter((name) => (USAGE_NAME.test(name) || ZIP_NAME.test(name)) && !isHidden(name))
  if (taken.length > MAX_FILES) throw new Error(`${folder} has more than ${MAX_FILES} files; name fewer`)
  if (taken.length === 0) throw new Error(nothingIn(`${folder} is a folder`, names))
  const lists: UsageFile[][] = []
  for (const name of taken) lists.push(await unpacked(join(folder, name), name))
  return lists.flat()
}

async function unpacked(path: string, name: string): Promise<UsageFile[]> {
  const packing = await packingOf(path)
  if (packing === 'plain') return [{ name, place: path, read: (offset) => readPlain(path, offset) }]
  if (packing === 'gzip')
    return [{ name: name.replace(/\.gz$/i, ''), place: path, read: (offset) => readGzip(path, offset) }]
  const names = await listZip(path)
  const taken = names.filter((one) => USAGE_NAME.test(one) && !isHidden(one))
  const packed = taken.find((one) => /\.gz$/i.test(one))
  if (packed !== undefined) throw new Error(`${path}: ${packed} is packed twice; unpack the ZIP first`)
  if (taken.length === 0) throw new Error(nothingIn(`${path} is a ZIP`, names))
  return taken.map((one) => ({ name: one, place: `${path}: ${one}`, read: (offset) => readZipped(path, one, offset) }))
}

/** What systems put beside files: `.DS_Store`, `__MACOSX/._calls.csv`. */
function isHidden(name: string): boolean {
  return name.split('/').some((part) => part.startsWith('.') || part === '__MACOSX')
}

/** Names that a message shows; a folder may have thousands. */
const MAX_SHOWN = 5

function nothingIn(what: string, names: readonly string[]): string {
  const more = names.length > MAX_SHOWN ? ` and ${names.length - MAX_SHOWN} more` : ''
  const has = names.length === 0 ? 'is empty' : `has ${names.slice(0, MAX_SHOWN).join(', ')}${more}`
  return `${what} without usage: it ${has}; files ending in .csv, .tsv, .txt, .ndjson, .jsonl or .json are read, also with .gz`
}
