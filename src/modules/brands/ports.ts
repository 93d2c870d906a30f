import type { Page } from '../../core/pages/page.ts'
import type { SheetList } from '../../core/pages/sheet.ts'
import type { BrandImage } from './store.ts'

/** Sets a page as PDF. Implemented by an adapter. */
export interface PdfRenderer {
  /**
   * @param parts.logo - the picture that the page names, where it names one
   * @param parts.cii - of an invoice, the document as CII D16B: the PDF is a Factur-X invoice then, a PDF/A-3 with it as attachment
   * @throws Refusal where it is to be a Factur-X invoice and cannot be archived, as a letter has no glyph
   */
  render(
    page: Page,
    parts?: {
      readonly logo?: Pick<BrandImage, 'digest' | 'format' | 'bytes'> | undefined
      readonly cii?: string | undefined
    },
  ): Promise<Buffer>

  /** A page with sheets of rows behind it. It takes memory for some thousand rows at a time, and about 200 bytes of the file for each. */
  renderList(
    list: SheetList,
    parts?: { readonly logo?: Pick<BrandImage, 'digest' | 'format' | 'bytes'> | undefined },
  ): Promise<Buffer>
}
