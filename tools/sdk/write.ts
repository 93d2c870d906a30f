import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readApi } from './description.ts'
import { goFiles } from './go.ts'
import { pythonFiles } from './python.ts'
import { typescriptFiles } from './typescript.ts'

/**
 * The generated parts of the clients in `packages`. They follow from the description that the server gives of its API, which a
 * test compares; `KVIT_WRITE_SDK=1 ./kvit test test/openapi.test.ts` writes them anew.
 */
const PACKAGES = join(import.meta.dirname, '../../packages')
/** Where they stand. In a Go package all files are in one folder: there what is generated has a name that says so. */
const PLACES = [
  { folder: 'sdk/src/generated', prefix: '', make: typescriptFiles },
  { folder: 'sdk-python/kvit/generated', prefix: '', make: pythonFiles },
  { folder: 'sdk-go', prefix: 'generated_', make: goFiles },
] as const

/** All generated files, by their place under `packages`. */
export function generatedFiles(description: string, version: string): Readonly<Record<string, string>> {
  const api = readApi(JSON.parse(description), version)
  const files = PLACES.flatMap(({ folder, prefix, make }) =>
    Object.entries(make(api)).map(([name, text]) => [join(folder, `${prefix}${name}`), text] as const),
  )
  return Object.fromEntries(files)
}

/** What is there, by its place under `packages`. */
export function keptFiles(): Readonly<Record<string, string>> {
  const names = PLACES.flatMap(({ folder, prefix }) =>
    (existsSync(join(PACKAGES, folder)) ? readdirSync(join(PACKAGES, folder), { withFileTypes: true }) : [])
      .filter((entry) => entry.isFile() && entry.name.startsWith(prefix))
      .map(({ name }) => join(folder, name)),
  )
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(PACKAGES, name), 'utf8')]))
}

export function writeFiles(files: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(keptFiles())) if (files[name] === undefined) rmSync(join(PACKAGES, name))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(PACKAGES, name)), { recursive: true })
    writeFileSync(join(PACKAGES, name), text)
  }
}
