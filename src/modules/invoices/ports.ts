import type { InvoiceDocument } from '../../core/invoicing/document.ts'

/** Sets a document as PDF. Implemented by an adapter. */
export interface PdfRenderer {
  render(document: InvoiceDocument): Promise<Buffer>
}
