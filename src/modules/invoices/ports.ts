import type { EnclosedFile } from '../../core/invoicing/as-einvoice.ts'
import type { Database } from '../../platform/db.ts'

/** Files that go out with a document, the oldest first. Implemented where files are kept. `db` is in the tenant's schema. */
export type FilesEnclosedWith = (db: Database, documentId: string) => Promise<readonly EnclosedFile[]>
