import type { CorrectionReason } from '../../core/invoicing/correction-reason.ts'
import type { Engine } from '../../engine/index.ts'
import type { Person } from '../../platform/four-eyes.ts'
import type { DocumentRequest } from '../invoices/index.ts'
import type { Notary } from '../module.ts'

export interface RequestParts {
  readonly engine: Engine
  readonly notary: Notary
}

/** Who asks for a note, under which key, and for what. */
export interface Asking {
  readonly kind: DocumentRequest['kind']
  readonly key: string
  readonly reason: CorrectionReason
  readonly text: string | undefined
  /** The request as it was read. */
  readonly content: Readonly<Record<string, unknown>>
  readonly requestedBy: string
  /** Who asks, as far as a second person may have to agree; null where one has. */
  readonly asker: Person | null
  readonly dryRun: boolean
}
