import type { Item } from '../document.ts'
import { classifications, items } from './contexts.ts'
import { each, type Rule, rule } from './rule.ts'

const VEHICLES = new Set(['M1', 'M2', 'M3', 'N1', 'N2', 'N3'])
const EMISSIONS = new Set(['clean', 'zero-emission', 'other'])
const vehicles = ({ classifications: all }: Item): number => all.filter(({ scheme }) => scheme === 'CVD').length
const emissions = ({ attributes }: Item): number => attributes.filter(({ name }) => name === 'cva').length

/** Clean vehicles (directive 2009/33/EC): BR-DE-CVD-01 to 06. */
export const CVD_ONLY: readonly Rule[] = [
  rule(
    'BR-DE-CVD-01',
    'Give the reference of the contract (BT-12).',
    ({ contractReference }) => contractReference !== undefined,
  ),
  rule(
    'BR-DE-CVD-02',
    'Give the reference of the tender (BT-17).',
    ({ tenderOrLotReference }) => tenderOrLotReference !== undefined,
  ),
  rule(
    'BR-DE-CVD-03',
    'Give at least one line a classification (BT-158) of scheme CVD and an attribute cva (BT-160).',
    ({ lines }) => lines.some(({ item }) => item !== undefined && vehicles(item) > 0 && emissions(item) > 0),
  ),
  each(
    'BR-DE-CVD-04',
    classifications,
    'Make a classification of scheme CVD (BT-158) one of M1, M2, M3, N1, N2, N3.',
    ({ scheme, value }) => scheme !== 'CVD' || VEHICLES.has(value),
  ),
  each('BR-DE-CVD-05', items, 'Make the attribute cva (BT-161) one of clean, zero-emission, other.', ({ attributes }) =>
    attributes.every(({ name, value = '' }) => name !== 'cva' || EMISSIONS.has(value)),
  ),
  each(
    'BR-DE-CVD-06-a',
    items,
    'Give an item with a classification of scheme CVD exactly one attribute cva (BT-160).',
    (item) => vehicles(item) === 0 || emissions(item) === 1,
  ),
  each(
    'BR-DE-CVD-06-b',
    items,
    'Give an item with an attribute cva (BT-160) exactly one classification of scheme CVD (BT-158).',
    (item) => emissions(item) === 0 || vehicles(item) === 1,
  ),
]
