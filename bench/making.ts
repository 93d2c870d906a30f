import { createTypstRenderer } from '../src/adapters/typst/renderer.ts'
import type { InvoiceDocument } from '../src/core/invoicing/document.ts'
import { PLAIN_BRAND } from '../src/core/pages/brand.ts'
import { invoicePage } from '../src/core/pages/invoice-page.ts'
import { einvoiceXml } from '../src/modules/invoices/einvoice.ts'

const MADE_PDFS = 400
const MADE_EINVOICES = 4_000
/** The first so many of a kind are not measured: code is compiled, fonts are loaded. */
const WARM_UP = 0.1

/**
 * What pages and e-invoices take by themselves, without a server, HTTP and a database: how many of them one core makes in a second of
 * its processor time, as the operating system counts it for this process. An e-invoice is made, checked by the rules, and written.
 */
export async function measureMaking(documents: readonly InvoiceDocument[]) {
  const pdf = createTypstRenderer()
  const ofCore = async (count: number, make: (document: InvoiceDocument) => unknown): Promise<number> => {
    const some = async (from: number, until: number): Promise<void> => {
      for (let at = from; at < until; at++) await make(documents[at % documents.length] as InvoiceDocument)
    }
    await some(0, count * WARM_UP)
    const before = process.cpuUsage()
    await some(count * WARM_UP, count * (1 + WARM_UP))
    const { user, system } = process.cpuUsage(before)
    return Math.round((count / (user + system)) * 1e6)
  }
  // A number of its own each time: what is set again as a whole would come out of a cache.
  let made = 0
  const renumbered = (document: InvoiceDocument): InvoiceDocument => ({
    ...document,
    number: `${document.number}-${++made}`,
  })
  return {
    pdf: await ofCore(MADE_PDFS, async (document) => pdf.render(invoicePage(renumbered(document), PLAIN_BRAND))),
    ubl: await ofCore(MADE_EINVOICES, (document) => einvoiceXml(document, 'ubl')),
    cii: await ofCore(MADE_EINVOICES, (document) => einvoiceXml(document, 'cii')),
  }
}
