import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'

const FACES = ['DejaVuSans', 'DejaVuSansCondensed', 'DejaVuSerif']
const FONTS = FACES.flatMap((face) => [face, `${face}-Bold`])
/** Typst is given this folder and reads no other; it is not there, and what seems to be in it is in memory. */
export const NO_FOLDER = join(import.meta.dirname, 'no-files')

/** A compiler of one template. @param fonts beside DejaVu Sans and Serif; a page that lacks a letter takes it from any of them */
export function createCompiler(path: string, template: string, fonts: readonly string[] = []): NodeCompiler {
  const compiler = NodeCompiler.create({ workspace: NO_FOLDER, fontArgs: [{ fontBlobs: loadFonts(fonts) }] })
  compiler.addSource(path, template)
  return compiler
}

function loadFonts(others: readonly string[]): Buffer[] {
  const folder = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf')
  return [...FONTS, ...others].map((name) => readFileSync(join(folder, `${name}.ttf`)))
}
