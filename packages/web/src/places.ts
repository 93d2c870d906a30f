import type { Scope } from './session.tsx'
import type { Word } from './words.tsx'

interface Place {
  readonly to: string
  readonly word: Word
  readonly scope: Scope | null
}

/** Where one can go; what the user's roles do not open is not shown. */
export const PLACES: readonly { readonly head: Word | null; readonly places: readonly Place[] }[] = [
  { head: null, places: [{ to: '/', word: 'place.home', scope: null }] },
  {
    head: 'place.people',
    places: [{ to: '/customers', word: 'place.customers', scope: 'customers:read' }],
  },
  {
    head: 'place.money',
    places: [
      { to: '/documents', word: 'place.documents', scope: 'invoices:read' },
      { to: '/payments', word: 'place.payments', scope: 'payments:read' },
      { to: '/bank-lines', word: 'place.bankLines', scope: 'payments:read' },
    ],
  },
  {
    head: 'place.product',
    places: [
      { to: '/plans', word: 'place.plans', scope: 'catalog:read' },
      { to: '/suspense', word: 'place.suspense', scope: 'usage:read' },
    ],
  },
]
