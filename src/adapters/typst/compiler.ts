import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { isMainThread } from 'node:worker_threads'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { useOwnFontsAlone } from './own-fonts.ts'

const FACES = ['DejaVuSans', 'DejaVuSansCondensed', 'DejaVuSerif']
const FONTS = FACES.flatMap((face) => [face, `${face}-Bold`]).map((face) => `dejavu-fonts-ttf/ttf/${face}.ttf`)
/** Typst is given this folder and reads no other; it is not there, and what seems to be in it is in memory. */
export const NO_FOLDER = join(import.meta.dirname, 'no-files')

/**
 * A compiler of a template. @param templates names of its files in this folder. @param fonts files of packages, beside DejaVu Sans and Serif; a page that lacks a letter takes it from any of
 * them, so that a compiler with other fonts may set the same page otherwise
 */
export function createCompiler(templates: readonly string[], fonts: readonly string[] = []): NodeCompiler {
  if (isMainThread) useOwnFontsAlone()
  const compiler = NodeCompiler.create({ workspace: NO_FOLDER, fontArgs: [{ fontBlobs: loadFonts(fonts) }] })
  for (const name of templates)
    compiler.addSource(join(NO_FOLDER, name), readFileSync(new URL(name, import.meta.url), 'utf8'))
  return compiler
}

function loadFonts(others: readonly string[]): Buffer[] {
  const { resolve } = createRequire(import.meta.url)
  return [...FONTS, ...others].map((name) => {
    const [, owner = '', rest = ''] = /^((?:@[^/]+\/)?[^/]+)\/(.*)$/.exec(name) ?? []
    return readFileSync(join(dirname(resolve(`${owner}/package.json`)), rest))
  })
}
