import { readFileSync } from 'node:fs'
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
const TEMPLATE = join(NO_FOLDER, 'page.typ')
const DATA = join(NO_FOLDER, 'page.json')
const SOURCE = { mainFilePath: TEMPLATE }

/** Sets pages with Typst: PDF/A-3b, with DejaVu Sans, which has Latin and Cyrillic. Template and fonts stay, and only what a page says changes. */
export function createTypstRenderer(): PdfRenderer {
  const template = readFileSync(new URL('page.typ', import.meta.url), 'utf8')
  let compiler: NodeCompiler | undefined
  let rendered = 0
  const render: PdfRenderer['render'] = async (page, { logo, cii } = {}) => {
    compiler ??= createCompiler(TEMPLATE, template)
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
