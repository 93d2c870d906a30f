import { join } from 'node:path'
import { type NodeCompiler, PdfStandard } from '@myriaddreamin/typst-ts-node-compiler'
import type { Page } from '../../core/pages/page.ts'
import type { PdfRenderer } from '../../modules/brands/ports.ts'
import { Refusal } from '../../platform/problems.ts'
import { createCompiler, NO_FOLDER } from './compiler.ts'
import { drawCode } from './draw-code.ts'
import { withFacturXMetadata } from './factur-x.ts'
import { createListRenderer } from './render-list.ts'

/**
 * Documents after which what Typst has laid out grows older, and the age at which it is forgotten, so that a bill run does not fill memory:
 * what none of the last hundred documents had is laid out anew.
 */
const [AGES_AFTER, FORGOTTEN_AT] = [20, 5]
/** The fonts of payment slips; other pages are set without them, as before there were any. */
const SLIP_FONTS = ['400Regular', '700Bold'].map((face) => `@expo-google-fonts/arimo/${face}/Arimo_${face}.ttf`)
const TEMPLATES = ['page.typ', 'slip.typ']
const TEMPLATE = join(NO_FOLDER, 'page.typ')
const DATA = join(NO_FOLDER, 'page.json')
const SOURCE = { mainFilePath: TEMPLATE }

/** Sets pages with Typst: PDF/A-3b, with DejaVu Sans, which has Latin and Cyrillic. Template and fonts stay, and only what a page says changes. */
export function createTypstRenderer(): PdfRenderer {
  /** By whether a page has a slip. */
  const compilers = new Map<boolean, NodeCompiler>()
  let rendered = 0
  const render: PdfRenderer['render'] = async (page, { logo, cii } = {}) => {
    const hasSlip = page.blocks.some(({ kind }) => kind === 'slip')
    const compiler = compilers.get(hasSlip) ?? createCompiler(TEMPLATES, hasSlip ? SLIP_FONTS : [])
    compilers.set(hasSlip, compiler)
    const options = { creationTimestamp: Date.parse(page.day) / 1000 }
    const picture = logo === undefined ? undefined : `${logo.digest}.${logo.format}`
    const data = {
      ...{ ...page, blocks: page.blocks.map(withPictures), cii },
      ...(picture === undefined ? {} : { logo: `/${picture}` }),
    }
    compiler.mapShadow(DATA, Buffer.from(JSON.stringify(data)))
    if (logo !== undefined && picture !== undefined)
      compiler.mapShadow(join(NO_FOLDER, picture), Buffer.from(logo.bytes))
    try {
      return cii === undefined ? renderArchivable(compiler, options) : renderHybrid(compiler, options)
    } finally {
      if (picture !== undefined) compiler.unmapShadow(join(NO_FOLDER, picture))
      if (++rendered % AGES_AFTER === 0) compiler.evictCache(FORGOTTEN_AT)
    }
  }
  const renderList = createListRenderer()
  return { render, renderList: async (list, parts) => renderList(list, async (page) => render(page, parts)) }
}

/** Codes are drawn where they are set. */
function withPictures(block: Page['blocks'][number]): object {
  if (block.kind === 'slip') return { ...block, picture: drawCode(block.code) }
  if (block.kind !== 'payment') return block
  return { ...block, codes: block.codes.map((one) => ({ ...one, picture: drawCode(one.code) })) }
}

/** PDF/A needs a glyph for every character; a name in a script that the fonts lack is set as ordinary PDF. */
function renderArchivable(compiler: NodeCompiler, options: { creationTimestamp: number }): Buffer {
  try {
    return compiler.pdf(SOURCE, { ...options, pdfStandard: PdfStandard.A_3b })
  } catch {
    return compiler.pdf(SOURCE, { ...options, pdfStandard: PdfStandard.V_1_7 })
  }
}

/** A Factur-X invoice is a PDF/A-3 and nothing less. */
function renderHybrid(compiler: NodeCompiler, options: { creationTimestamp: number }): Buffer {
  try {
    return withFacturXMetadata(compiler.pdf(SOURCE, { ...options, pdfStandard: PdfStandard.A_3b }))
  } catch (error) {
    const reason = firstMessage(String(error))
    if (reason === null) throw error
    throw new Refusal('unprocessable', `it cannot be a Factur-X invoice, which is a PDF/A-3: ${reason}`)
  }
}

/**
 * What Typst says first, out of its list of diagnostics: `[SourceDiagnostic { severity: Error, …, message: "the text `\"株\"` …", … }]`.
 * Null where it is another error.
 */
function firstMessage(diagnostics: string): string | null {
  const [, message] = /message: "((?:[^"\\]|\\.)*)"/.exec(diagnostics) ?? []
  return message?.replaceAll(/\\(.)/g, '$1') ?? null
}
