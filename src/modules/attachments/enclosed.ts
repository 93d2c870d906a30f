import type { FilesEnclosedWith } from '../invoices/index.ts'
import { listEnclosed } from './store.ts'

/** Supporting documents of an e-invoice (BG-24): its files that were said to go out with it. */
export const enclosedWith: FilesEnclosedWith = async (db, documentId) =>
  (await listEnclosed(db, documentId)).map(({ name, type: mimeType, content }) => {
    return { name, mimeType, base64: content.toString('base64') }
  })
