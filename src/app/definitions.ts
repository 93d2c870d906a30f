import type { DefinitionSource } from '../engine/index.ts'
import { CatalogCompiler } from '../modules/catalog/index.ts'
import { loadOpened } from '../modules/receivables/index.ts'
import { withBarrings } from '../modules/service-blocks/index.ts'
import { loadAccounts, loadAllAccounts } from '../modules/subscriptions/index.ts'
import { loadFingerprints } from '../modules/usage/index.ts'
import { type Database, inSchema } from '../platform/db.ts'
import type { Tenant } from '../platform/tenant.ts'

/** What the engine needs from the modules that own it, for one tenant. */
export function definitionsOf(db: Database, tenant: Tenant): DefinitionSource {
  const scoped = inSchema(db, tenant.schema)
  const compiler = new CatalogCompiler(scoped)
  return {
    loadCatalog: () => compiler.compile(),
    loadAllAccounts: async function* () {
      for await (const page of loadAllAccounts(scoped)) yield await withBarrings(scoped, page)
    },
    loadAccounts: async (ids) => withBarrings(scoped, await loadAccounts(scoped, ids)),
    loadOpened: () => loadOpened(scoped),
    loadSuspendedFingerprints: () => loadFingerprints(scoped),
  }
}
