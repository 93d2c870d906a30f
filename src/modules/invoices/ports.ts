import type { Page } from '../../core/pages/page.ts'

/** Sets a page as PDF. Implemented by an adapter. */
export interface PdfRenderer {
  /**
   * @param cii - of an invoice, the document as CII D16B: the PDF is a Factur-X invoice then, a PDF/A-3 with it as attachment
   * @throws Refusal where it is to be a Factur-X invoice and cannot be archived, as a letter has no glyph
   */
  render(page: Page, cii?: string): Promise<Buffer>
}
