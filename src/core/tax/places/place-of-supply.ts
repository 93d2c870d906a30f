import type { Buyer, PlaceEvidence, Supply, TaxPlace } from '../supply.ts'
import type { TaxClass } from '../tax-classes.ts'
import { isTaxedAtConsumer } from './tax-areas.ts'

/** Where something is supplied and why there, or what must be known first. */
export type PlaceAnswer = { readonly place: TaxPlace; readonly because: string } | { readonly unknown: string }

/**
 * Where a supply is taxed, if it is: goods where they go; services to a business where it is (art. 44); telecommunication and
 * electronic services where the consumer is (art. 58); other services to consumers where the seller is (art. 45).
 */
export function placeOfSupply(
  { seller, buyer, deliveredTo }: Supply,
  { nature }: TaxClass,
  isBuyerTaxable: boolean,
): PlaceAnswer {
  if (nature === 'goods') return { place: deliveredTo ?? buyer.place, because: 'goods are taxed where they go' }
  if (isBuyerTaxable) return { place: buyer.place, because: 'services to a business are taxed where it is' }
  if (nature === 'telecom' || nature === 'electronic') return placeOfConsumer(buyer, seller.place.country)
  if (isTaxedAtConsumer(seller.place)) return { place: buyer.place, because: 'services are taxed where the buyer is' }
  return { place: seller.place, because: 'services to consumers are taxed where the seller is' }
}

/**
 * Two pieces of evidence must agree on the country; one alone is enough for the seller's own. A SIM card or a landline is enough for what
 * goes through it, and so counts for two. Example: the address and the card say FR, the IP says DE: France.
 */
function placeOfConsumer(buyer: Buyer, home: string): PlaceAnswer {
  const pieces: readonly { kind: PlaceEvidence['kind'] | 'address'; country: string }[] = [
    { kind: 'address', country: buyer.place.country },
    ...buyer.evidence,
  ]
  const weights = new Map<string, number>()
  for (const { kind, country } of pieces)
    weights.set(country, (weights.get(country) ?? 0) + (kind === 'sim' || kind === 'landline' ? 2 : 1))
  const [best, second] = [...weights].sort((a, b) => b[1] - a[1])
  const told = pieces.map(({ kind, country }) => `${kind} ${country}`).join(', ')
  if (best === undefined || (second !== undefined && second[1] === best[1]))
    return {
      unknown: `the evidence of where the consumer is does not agree: ${told}; two pieces that agree are needed`,
    }
  const [country, weight] = best
  if (weight < 2 && country !== home)
    return {
      unknown: `only one piece says that the consumer is in ${country} (${told}); for another country than the seller's a second one is needed: IP, card, SIM or landline`,
    }
  const place = country === buyer.place.country ? buyer.place : { country }
  return { place, because: `the consumer is in ${country} (${told})` }
}
