/** What histories are made of. Each history has a value of every dimension; pairs of them are counted. */
export const DIMENSIONS = {
  model: [
    'per_unit',
    'graduated',
    'volume',
    'stairstep',
    'package',
    'percentage',
    'graduated_percentage',
    'dynamic',
    'cost_plus',
  ],
  modifier: [
    'plain',
    'increments',
    'free per session',
    'maximum cost',
    'per',
    'convert',
    'free units',
    'connection fee',
    'per record',
    'discount',
    'maximum',
  ],
  meter: ['sum', 'count', 'max', 'latest', 'unique'],
  selector: ['one rate', 'bands', 'matrix', 'groups', 'schedule', 'deck'],
  phases: ['no phases', 'phases'],
  change: ['no change', 'other plan', 'new version', 'there and back'],
  'usage at a change': ['carries over', 'restarts', 'another price'],
  rest: ['no rest', 'pause', 'pause and resume', 'cancel'],
  seats: ['one seat', 'seats change'],
  coupon: ['no coupon', 'percent off', 'amount off'],
  allowance: ['no allowance', 'allowance'],
  commit: ['no commit', 'commit'],
  bound: ['no bound', 'cap', 'commitment', 'cap and commitment'],
  money: ['by invoice', 'prepaid', 'on credit', 'top-up later', 'credit limit later'],
  channel: ['by file', 'events', 'sessions'],
  correction: ['none', 'retract', 'amend'],
  'tariff of before': ['stays', 're-rated'],
  interim: ['no interim invoice', 'interim invoice'],
  late: ['in time', 'late'],
  currency: ['EUR', 'JPY', 'KWD'],
  zone: ['UTC', 'Europe/Kyiv', 'America/New_York', 'Asia/Kathmandu'],
  tax: ['untaxed', 'one rate', 'rate changes', 'exempt'],
  grace: ['no grace', 'grace'],
} as const satisfies Record<string, readonly string[]>

export type Dimension = keyof typeof DIMENSIONS
export type Features = Record<Dimension, string>
export type Value = readonly [Dimension, string]

const PER_EVENT = ['percentage', 'dynamic', 'cost_plus']
const OF_RECORDS = ['increments', 'free per session', 'maximum cost', 'connection fee', 'per record']

/** Two lists of values that cannot stand in one history: no value of the one beside a value of the other. */
type Exclusion = readonly [
  one: Partial<Record<Dimension, readonly string[]>>,
  other: Partial<Record<Dimension, readonly string[]>>,
]

const but = (dimension: Dimension, ...names: string[]): Partial<Record<Dimension, readonly string[]>> => ({
  [dimension]: DIMENSIONS[dimension].filter((name) => !names.includes(name)),
})

/** What a plan file refuses to have on one price, or what the documents do not say. */
const EXCLUSIONS: readonly Exclusion[] = [
  // A model that gives each record an amount of its own sees the record as it is.
  [{ modifier: ['maximum cost'] }, but('model', 'per_unit')],
  [
    { model: PER_EVENT },
    { modifier: ['convert', 'free units', 'per', 'increments', 'free per session', 'connection fee'] },
  ],
  [{ modifier: ['per'] }, but('model', 'per_unit', 'graduated', 'volume')],
  // What is no sum of records has no single uses.
  [{ meter: ['count', 'max', 'latest', 'unique'] }, { model: PER_EVENT }],
  [{ meter: ['max', 'latest', 'unique'] }, { modifier: OF_RECORDS }],
  // The rates of a deck are amounts for a unit, with a fee where the file has one.
  [{ selector: ['deck'] }, but('model', 'per_unit')],
  [{ selector: ['deck'] }, but('modifier', 'plain', 'per', 'convert', 'connection fee')],
  // Of usage that is re-rated the documents do not say what was used before it.
  [{ 'tariff of before': ['re-rated'] }, { 'usage at a change': ['carries over', 'restarts'] }],
  // Units of an allowance are those of a meter that adds up, and no amounts that records carry.
  [{ allowance: ['allowance'] }, { meter: ['max', 'latest', 'unique'], model: PER_EVENT }],
  // How records that are covered in part are rounded by themselves, or freed, is not said.
  [{ allowance: ['allowance'] }, { modifier: ['free per session', 'per record', 'maximum cost'] }],
  // A session asks for units, and is charged at once what it reports; a price that falls as usage grows holds more than that.
  [{ channel: ['sessions'] }, { meter: ['max', 'latest', 'unique'], model: [...PER_EVENT, 'volume'] }],
  [{ channel: ['sessions'] }, { modifier: ['per record'] }],
]

const EXCLUDED = new Set(
  EXCLUSIONS.flatMap(([one, other]) =>
    valuesOf(one).flatMap((a) => valuesOf(other).flatMap((b) => [keyOf(a, b), keyOf(b, a)])),
  ),
)

function valuesOf(lists: Partial<Record<Dimension, readonly string[]>>): Value[] {
  return Object.entries(lists).flatMap(([dimension, names]) =>
    names.map((name): Value => [dimension as Dimension, name]),
  )
}

export function keyOf([one, value]: Value, [other, otherValue]: Value): string {
  return `${one} ${value} × ${other} ${otherValue}`
}

export function canMeet(one: Value, other: Value): boolean {
  return !EXCLUDED.has(keyOf(one, other))
}

/**
 * What three features together make unclear. Where amounts are rounded by record, and depend on the records before, what a
 * record costs that is taken out is no matter of the price alone: the documents do not say which of the roundings stay.
 */
export function isClear(features: Partial<Features>): boolean {
  const { model = '', modifier, correction, commit, channel, money = '', change } = features
  const isOwnAmount = ['per_unit', 'dynamic', 'cost_plus'].includes(model)
  if (modifier === 'per record' && !isOwnAmount && model !== '') {
    if (features['tariff of before'] === 're-rated') return false
    if (correction !== undefined && correction !== 'none') return false
  }
  // What a limit still allows beside money that was bought and is owed at once is another question than what this compares.
  const isBounded = ['prepaid', 'on credit', 'credit limit later'].includes(money)
  if (commit === 'commit' && isBounded && channel !== undefined && channel !== 'by file') return false
  // Nothing restarts without a change.
  if (features['usage at a change'] === 'restarts' && change === 'no change') return false
  return true
}

const ENTRIES = Object.entries(DIMENSIONS) as [Dimension, readonly string[]][]
export const VALUES = ENTRIES.flatMap(([dimension, names]) => names.map((name): Value => [dimension, name]))

/** All pairs of values of two dimensions that can meet. */
export const PAIRS = VALUES.flatMap((one, at) =>
  VALUES.slice(at + 1)
    .filter((other) => other[0] !== one[0] && canMeet(one, other) && isClear(Object.fromEntries([one, other])))
    .map((other): readonly [Value, Value] => [one, other]),
)
