import type { InvoiceDocument } from './document.ts'

/** Sets a document as PDF. Implemented by an adapter. */
export interface PdfRenderer {
  render(document: InvoiceDocument): Promise<Buffer>
}
