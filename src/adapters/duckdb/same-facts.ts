import type { SegmentFacts } from '../../engine/ports.ts'

/** A fact that differs between two segments, in words; null when they say the same. Dictionaries may be ordered differently. */
export function differenceOf(left: SegmentFacts, right: SegmentFacts): string | null {
  const [a, b] = [describe(left), describe(right)]
  for (const [name, column] of Object.entries(a)) {
    const other = b[name] ?? []
    if (column.length !== other.length) return `${name}: ${column.length} became ${other.length}`
    const at = column.findIndex((value, row) => !Object.is(value, other[row]))
    if (at >= 0) return `${name} ${at}: ${String(column[at])} became ${String(other[at])}`
  }
  return null
}

/** The columns of a segment with names instead of places. */
function describe(facts: SegmentFacts): Record<string, readonly unknown[]> {
  const named = (places: readonly number[], texts: readonly string[]): string[] =>
    places.map((place) => texts[place] as string)
  const cells = facts.cells.map((cell) => cell.join('\n'))
  const moves = facts.moveKind.map((kind) => kind !== 0)
  const ofMoves = (places: readonly number[]): (string | null)[] =>
    places.map((place, at) => (moves[at] === true ? (facts.accounts[place] as string) : null))
  const counts = Object.entries(facts.counts).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return {
    count: counts.map(([, count]) => count),
    id: facts.id,
    data: facts.data,
    source: named(facts.source, facts.sources),
    service: named(facts.service, facts.services),
    type: named(facts.type, facts.types),
    subscription: named(facts.subscription, facts.subscriptions),
    change: facts.change.map((change) => (change === 0 ? null : facts.changes[change - 1])),
    start: facts.startMs,
    end: facts.endMs,
    'charge of record': facts.chargeRecord,
    'charge of cell': named(facts.chargeRateKey, cells),
    'charge in period': facts.chargePeriod,
    measure: facts.chargeMeasures,
    amount: facts.chargeAmount,
    'observation of charge': facts.observedCharge,
    'observed value': facts.observedValue,
    'observed time': facts.observedMs,
    'observed mark': facts.observedMark,
    'fact of an account': facts.accountFacts,
    'kind of movement': facts.moveKind,
    'account of movement': ofMoves(facts.moveAccount),
    'member of movement': ofMoves(facts.moveMember),
    'period of movement': facts.movePeriod,
    'lot of movement': facts.moveLot,
    'unit of movement': facts.moveUnit.map((unit) => (unit === 0 ? null : facts.units[unit - 1])),
    'source of movement': facts.moveSource,
    'record of movement': facts.moveRecord,
    remaining: facts.moveRemaining,
    held: facts.moveHeld,
  }
}
