import type { InvoiceDocument } from '../../core/invoicing/document.ts'

/** Sets a document as PDF. Implemented by an adapter. */
export interface PdfRenderer {
  /**
   * @param cii - the document as CII D16B: the PDF is a Factur-X invoice then, a PDF/A-3 with it as attachment
   * @throws Refusal where it is to be a Factur-X invoice and cannot be archived, as a letter has no glyph
   */
  render(document: InvoiceDocument, cii?: string): Promise<Buffer>
}
