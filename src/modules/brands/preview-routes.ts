import { z } from 'zod'
import { invoicePage } from '../../core/pages/invoice-page.ts'
import { sampleDocument } from '../../core/pages/sample-document.ts'
import { LANGUAGES } from '../../core/words/languages.ts'
import { RawAnswer, type Route, streamRoute } from '../../platform/http/route.ts'
import type { PdfRenderer } from './ports.ts'
import { brandContent, digest } from './schemas.ts'
import { withLogo } from './service.ts'
import { getImage } from './store.ts'

const TYPES = { png: 'image/png', svg: 'image/svg+xml' } as const

/** Sample pages, and pictures as they were kept; the threads for reading do it. */
export function previewRoutes(pdf: PdfRenderer): Route[] {
  return [
    streamRoute({
      method: 'POST',
      url: '/v1/brand-previews',
      scope: 'settings:read',
      tag: 'Brands',
      summary: 'A sample document as a brand would make it look; nothing is kept',
      body: z.strictObject({
        content: brandContent,
        kind: z.enum(['invoice', 'credit_note', 'debit_note']).default('invoice'),
        language: z.enum(LANGUAGES).default('en'),
      }),
      aside: 'short',
      handle: async ({ db }, { body }) => {
        const { content, kind, language } = body
        const { brand, logo } = await withLogo(db, content)
        const page = invoicePage(sampleDocument(brand, kind, language), brand)
        return new RawAnswer('application/pdf', await pdf.render(page, { logo }))
      },
    }),
    streamRoute({
      scope: 'settings:read',
      tag: 'Brands',
      url: '/v1/brand-images/{digest}',
      summary: 'A logo as it was kept',
      params: z.object({ digest }),
      aside: 'short',
      handle: async ({ db }, { params }) => {
        const { format, bytes } = await getImage(db, params.digest)
        // A picture that is opened by itself runs nothing.
        return new RawAnswer(TYPES[format], bytes, {
          'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
        })
      },
    }),
  ]
}
