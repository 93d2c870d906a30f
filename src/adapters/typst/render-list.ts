import { join } from 'node:path'
import type { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import type { Page } from '../../core/pages/page.ts'
import type { SheetList } from '../../core/pages/sheet.ts'
import { createCompiler, NO_FOLDER } from './compiler.ts'

/** Sheets that are set at once, some 4,600 rows: Typst takes 200 MB for them, and forgets them before the next. */
const SHEETS_AT_ONCE = 80
const TEMPLATE = join(NO_FOLDER, 'sheets.typ')
const DATA = join(NO_FOLDER, 'sheets.json')

/**
 * Sets a list with a compiler of its own, some sheets at a time, and puts the parts together: memory is bounded by what is set at once and
 * by the file. It is an ordinary PDF: what makes a PDF/A is said of a file, and lost when files are put together.
 */
export function createListRenderer(): (list: SheetList, setPage: (page: Page) => Promise<Buffer>) => Promise<Buffer> {
  let compiler: NodeCompiler | undefined
  return async (list, setPage) => {
    compiler ??= createCompiler(['sheets.typ'], MONOSPACED)
    // Only lists need it, and loading it takes longer than setting a page.
    const { PDFDocument } = await import('@cantoo/pdf-lib')
    const { cover, columns, sheets } = list
    // How many pages there are is known once the cover is set.
    const coverPages = (await PDFDocument.load(await setPage(cover))).getPageCount()
    const all = coverPages + sheets.length
    const whole = await PDFDocument.create({ updateMetadata: false })
    const append = async (part: Buffer): Promise<void> => {
      const from = await PDFDocument.load(part, { updateMetadata: false })
      for (const page of await whole.copyPages(from, from.getPageIndices())) whole.addPage(page)
    }
    await append(await setPage({ ...cover, foot: { ...cover.foot, all } }))
    for (let at = 0; at < sheets.length; at += SHEETS_AT_ONCE) {
      const { look, foot, language } = cover
      const own = sheets.slice(at, at + SHEETS_AT_ONCE)
      const data = { look, foot, language, columns, sheets: own, before: coverPages + at, all }
      compiler.mapShadow(DATA, Buffer.from(JSON.stringify(data)))
      await append(compiler.pdf({ mainFilePath: TEMPLATE }, { creationTimestamp: Date.parse(cover.day) / 1000 }))
      compiler.evictCache(0)
    }
    whole.setTitle(cover.title)
    whole.setAuthor(cover.author)
    whole.setLanguage(cover.language)
    whole.setCreationDate(new Date(`${cover.day}T00:00:00Z`))
    return Buffer.from(await whole.save())
  }
}

const MONOSPACED = ['DejaVuSansMono', 'DejaVuSansMono-Bold'].map((face) => `dejavu-fonts-ttf/ttf/${face}.ttf`)
