import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Api, readApi } from './description.ts'
import { typescriptFiles } from './typescript.ts'

/**
 * The generated parts of the clients in `packages/sdk`. They follow from the description that the server gives of its API, which a
 * test compares; `KVIT_WRITE_SDK=1 ./kvit test test/openapi.test.ts` writes them anew.
 */
const PACKAGES = join(import.meta.dirname, '../../packages')
/** Folders in which there is nothing but what is generated. */
const FOLDERS = ['sdk/src/generated']

/** All generated files, by their place under `packages`. */
export function generatedFiles(description: string, version: string): Readonly<Record<string, string>> {
  const api: Api = readApi(JSON.parse(description), version)
  return placed(FOLDERS[0] as string, typescriptFiles(api))
}

function placed(folder: string, files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [join(folder, name), text]))
}

/** What is there, by its place under `packages`. */
export function keptFiles(): Readonly<Record<string, string>> {
  const names = FOLDERS.flatMap((folder) => readdirSync(join(PACKAGES, folder)).map((name) => join(folder, name)))
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(PACKAGES, name), 'utf8')]))
}

export function writeFiles(files: Readonly<Record<string, string>>): void {
  for (const folder of FOLDERS) rmSync(join(PACKAGES, folder), { recursive: true, force: true })
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(PACKAGES, name)), { recursive: true })
    writeFileSync(join(PACKAGES, name), text)
  }
}
