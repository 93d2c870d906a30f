import type { Chance } from '../simulation/chance.ts'
import type { Features } from './features.ts'
import { DECK, NUMBERS, SIGNAL, SIGNAL_VALUES } from './generate-surroundings.ts'
import type { Meter, Plan, Price, Rate, Tier, UsagePrice } from './history.ts'

export interface Tariff {
  readonly meter: Meter
  /** The first one, and those that the subscription changes to. */
  readonly plans: readonly [Plan, ...Plan[]]
  /** The data of one record. */
  readonly drawData: (chance: Chance) => Record<string, string>
}

/** What all prices of a history have in common. */
interface Frame {
  readonly meter: Meter
  readonly features: Features
  /** How a record's quantity is rounded: usage that is carried over, or re-rated, keeps the quantity that was rated. */
  readonly session: Pick<Rate, 'increments' | 'freePerSession'>
}

const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri']
const CLOUDS = ['eu', 'us']

/** A meter, and plans each with a price that has the features, now and then beside a fee. */
export function drawTariff(chance: Chance, name: string, features: Features): Tariff {
  const meter = drawMeter(chance, name, features)
  const session = drawSession(chance, features)
  const frame = { meter, features, session }
  const first = drawPlan(chance, { code: `${name}-plan`, version: 1, usage: 'usage', mark: '' }, frame)
  // Usage carries over to a price of the same code.
  const usage = features['usage at a change'] === 'another price' ? 'usage-other' : 'usage'
  const next = {
    // A tariff that nobody is moved to, and that usage may be re-rated by.
    'no change': [{ code: `${name}-plan`, version: 2, usage, mark: '-2' }],
    'other plan': [{ code: `${name}-other`, version: 1, usage, mark: '-2' }],
    'new version': [{ code: `${name}-plan`, version: 2, usage, mark: '-2' }],
    'there and back': [{ code: `${name}-other`, version: 1, usage, mark: '-2' }],
  }[features.change]
  const others = (next ?? []).map((names) => drawPlan(chance, names, frame))
  return { meter, plans: [first, ...others], drawData: (own) => drawData(own, meter, features) }
}

function drawPlan(
  chance: Chance,
  { code, version, usage, mark }: { code: string; version: number; usage: string; mark: string },
  frame: Frame,
): Plan {
  const { features } = frame
  const hasPhases = features.phases === 'phases'
  const late = hasPhases ? { phases: ['evergreen'] } : {}
  const prices: Price[] = [{ ...drawUsagePrice(chance, usage, frame), ...late }]
  if (hasPhases) prices.push({ ...drawUsagePrice(chance, `${usage}-trial`, frame), phases: ['trial'] })
  const isFeeLikely = features.seats !== 'one seat' || features.rest !== 'no rest' || hasPhases
  if (chance.is(isFeeLikely ? 0.8 : 0.4)) prices.push({ ...drawFee(chance), ...(chance.is(0.5) ? late : {}) })
  if (features.bound.includes('cap')) prices.push(drawBound(chance, 'cap', 60, usage))
  if (features.bound.includes('commitment')) prices.push(drawBound(chance, 'commitment', 60, usage))
  if (features.allowance === 'allowance' && (mark === '' || chance.is(0.6)))
    prices.push({ ...ALLOWANCE, amount: String(chance.int(5, 80)) })
  // What is bought is bought once: the plan that the subscription begins with sells it.
  if (features.commit === 'commit' && mark === '') prices.push(drawCommit(chance))
  const phases = [
    { code: 'trial', lasts: { unit: 'day' as const, count: chance.int(5, 40) } },
    { code: 'evergreen', lasts: null },
  ]
  // Each name stands for one price, so that lines can be told apart.
  const named = prices.map((price) => ({ ...price, name: `${price.name}${mark}` }))
  return { code, version, name: 'Plan', currency: features.currency, ...(hasPhases ? { phases } : {}), prices: named }
}

const ALLOWANCE = { kind: 'allowance', code: 'units', name: 'units', unit: 'unit' } as const

function drawCommit(chance: Chance): Price {
  return {
    kind: 'commit',
    code: 'commit',
    name: 'commit',
    amount: String(chance.int(10, 200)),
    term: { unit: 'year' },
    ...(chance.is(0.5) ? { instalments: { unit: 'month' as const } } : {}),
  }
}

function drawSession(chance: Chance, { modifier }: Features): Frame['session'] {
  if (modifier === 'increments')
    return { increments: { first: String(chance.pick([1, 6, 30])), next: String(chance.pick([1, 6, 10])) } }
  return modifier === 'free per session' ? { freePerSession: String(chance.int(1, 15)) } : {}
}

function drawMeter(chance: Chance, name: string, { meter, selector }: Features): Meter {
  const aggregator = meter === 'unique' ? 'unique_count' : (meter as Meter['aggregator'])
  const hasScale = aggregator !== 'count' && aggregator !== 'unique_count'
  return {
    code: `${name}-meter`,
    name: 'Units',
    eventType: `${name}-use`,
    aggregator,
    ...(aggregator === 'count' ? {} : { property: aggregator === 'unique_count' ? 'user' : 'units' }),
    unit: 'unit',
    scale: hasScale ? chance.int(0, 2) : 0,
    ...(selector === 'groups' ? { groupBy: 'cloud' } : {}),
  }
}

function drawData(chance: Chance, { scale }: Meter, { selector }: Features): Record<string, string> {
  const whole = chance.is(0.8) ? chance.int(1, 40) : chance.int(41, 300)
  const part = scale === 0 || chance.is(0.5) ? '' : `.${chance.int(1, 9)}`
  return {
    units: `${whole}${part}`,
    user: chance.pick(['ada', 'bob', 'cyd', 'dee', 'eve']),
    ...(selector === 'groups' || selector === 'matrix' ? { cloud: chance.pick(CLOUDS) } : {}),
    ...(selector === 'deck' ? { number: chance.pick(NUMBERS) } : {}),
  }
}

function drawUsagePrice(chance: Chance, code: string, frame: Frame): UsagePrice {
  const { meter, features } = frame
  const price = {
    kind: 'usage' as const,
    code,
    name: code,
    meter: meter.code,
    ...(features.modifier === 'per' ? { per: String(chance.pick([3, 7, 60])) } : {}),
    ...(features.modifier === 'convert'
      ? {
          convert: {
            ...(chance.is(0.7)
              ? { divideBy: String(chance.pick([3, 8, 10])) }
              : { multiplyBy: chance.pick(['1.5', '0.3']) }),
            round: chance.pick(['up', 'down', 'half_up'] as const),
            scale: chance.int(0, 1),
          },
        }
      : {}),
  }
  const rate = (): Rate => ({ ...drawModel(chance, features), ...drawModifier(chance, frame) })
  switch (features.selector) {
    case 'bands':
      return {
        ...price,
        bands: [
          { name: 'work', days: WEEK, from: '08:00', to: '20:00', rate: rate() },
          { name: 'early', days: ['sat', 'sun'], from: '00:00', to: '04:00', rate: rate() },
        ],
        otherwise: { name: 'rest', rate: rate() },
      }
    case 'matrix':
      return {
        ...price,
        matrix: { keys: ['cloud'], rates: CLOUDS.map((cloud) => ({ when: { cloud }, rate: rate() })) },
      }
    case 'schedule':
      return { ...price, schedule: { code: SIGNAL, rates: SIGNAL_VALUES.map((value) => ({ value, rate: rate() })) } }
    case 'deck':
      return {
        ...price,
        deck: { code: DECK, key: 'number', column: features.modifier === 'connection fee' ? 'with fee' : 'bare' },
      }
    default:
      return { ...price, rate: rate() }
  }
}

function drawFee(chance: Chance): Price {
  const timing = chance.pick(['advance', 'arrears'] as const)
  const proration = chance.weighted({ day: 4, none: 1 })
  return {
    kind: 'recurring',
    code: 'fee',
    name: 'fee',
    amount: String(chance.int(1, 40)),
    every: { unit: chance.weighted({ month: 4, week: 1 }) },
    timing,
    proration,
    ...(chance.is(0.3) ? { whilePaused: 'charged' as const } : {}),
  }
}

function drawBound(chance: Chance, kind: 'cap' | 'commitment', most: number, usage: string): Price {
  return {
    kind,
    code: kind,
    name: kind,
    amount: String(chance.int(3, most)),
    every: { unit: 'month' },
    ...(chance.is(0.4) ? { counts: [usage] } : {}),
    proration: chance.weighted({ day: 3, none: 1 }),
  }
}

/** An amount of a few cents or units, with up to three digits behind the point. */
function amount(chance: Chance, most = 5): string {
  return chance.is(0.3)
    ? String(chance.int(1, most))
    : `${chance.int(0, most - 1)}.${chance.int(1, 999).toString().padStart(3, '0')}`
}

function drawModel(chance: Chance, features: Features): Rate {
  const { model } = features
  // The first to arrive are free. Which those are behind a correction or a re-rating, the documents do not say.
  const isFirstKnown = features.correction === 'none' && features['tariff of before'] === 'stays'

  const limits = [chance.int(3, 30), chance.int(31, 120)]
  const tiers = (tierOf: (at: number) => Omit<Tier, 'upTo'>): Tier[] =>
    [...limits, null].map((limit, at) => ({ upTo: limit === null ? null : String(limit), ...tierOf(at) }))
  const flat = (): object => (chance.is(0.4) ? { flatAmount: amount(chance) } : {})
  switch (model) {
    case 'graduated':
      return {
        model,
        tiers: tiers(() => ({
          unitAmount: amount(chance),
          ...flat(),
          ...(chance.is(0.2) ? { size: String(chance.pick([2, 5])) } : {}),
        })),
      }
    case 'volume':
      return { model, tiers: tiers(() => ({ unitAmount: amount(chance), ...flat() })) }
    case 'stairstep':
      return { model, tiers: tiers((at) => ({ amount: String(chance.int(1, 20) + at * 20) })) }
    case 'package':
      return { model, amount: amount(chance, 9), size: String(chance.int(2, 20)) }
    case 'percentage':
      return {
        model,
        percent: chance.pick(['1.5', '2.99', '10']),
        ...(chance.is(0.5) ? { fixedPerEvent: amount(chance) } : {}),
        ...(chance.is(0.4) ? { minimumPerEvent: '1.75' } : {}),
        ...(chance.is(0.4) ? { maximumPerEvent: '12' } : {}),
        ...(isFirstKnown && chance.is(0.4) ? { freeEvents: chance.int(1, 3) } : {}),
        ...(isFirstKnown && chance.is(0.4) ? { freeAmount: String(chance.int(10, 90)) } : {}),
      }
    case 'graduated_percentage':
      return { model, tiers: tiers(() => ({ percent: String(chance.int(1, 20)), ...flat() })) }
    case 'dynamic':
      return { model, factor: chance.pick(['1', '1.33333', '0.5']) }
    case 'cost_plus':
      return { model, markupPercent: chance.pick(['15', '7.5']) }
    default:
      return { model: 'per_unit', unitAmount: amount(chance) }
  }
}

function drawModifier(chance: Chance, { features: { modifier, model }, session }: Frame): Partial<Rate> {
  switch (modifier) {
    case 'increments':
      return session
    case 'free per session':
      return { ...session, ...(chance.is(0.5) ? { connectionFee: amount(chance) } : {}) }
    case 'maximum cost':
      return { maximumCost: { amount: String(chance.int(5, 40)), afterwards: 'free' } }
    case 'free units':
      return { freeUnits: String(chance.int(1, 60)) }
    case 'connection fee':
      return { connectionFee: amount(chance) }
    case 'per record':
      return {
        perRecord: {
          scale: chance.int(0, 2),
          mode: chance.pick(['half_up', 'half_even', 'up', 'down']),
          ...(chance.is(0.3) && model !== 'volume' ? { minimum: '1' } : {}),
          ...(chance.is(0.3) ? { maximum: '20' } : {}),
        },
      }
    case 'discount':
      return { discountPercent: chance.pick(['12.5', '33.3', '50']) }
    case 'maximum':
      return { maximum: String(chance.int(5, 80)) }
    default:
      return {}
  }
}
