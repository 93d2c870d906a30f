/** What happens on a day of June: usage in GB, or a change of the subscription. */
export type Step =
  | readonly [day: number, gb: string]
  | readonly [day: number, seats: { readonly seats: number } | { readonly plan: string } | { readonly kind: string }]
interface Case {
  readonly title: string
  readonly plan?: string
  readonly seats?: number
  readonly startDay?: number
  /** Told when the clock stands there, in order; what is used at `late` days comes afterwards. */
  readonly steps: readonly Step[]
  readonly late?: readonly (readonly [number, string])[]
  readonly right: string
}

export const CASES: readonly Case[] = [
  {
    title: '10 a seat, 3 seats from day 16 of 30: 10 + 10',
    steps: [
      [2, '10'],
      [16, { seats: 3 }],
      [17, '10'],
      [18, '1'],
    ],
    right: '1.00',
  },
  {
    title: 'what a seat brings is for usage from then on',
    steps: [
      [2, '4'],
      [16, { seats: 3 }],
      [17, '0.5'],
    ],
    late: [[10, '12']],
    right: '6.50',
  },
  {
    title: 'the pool of before counts first',
    steps: [
      [2, '4'],
      [16, { seats: 3 }],
      [17, '17'],
    ],
    right: '1.00',
  },
  {
    title: 'first used after the change: both shares are there, each for its time',
    steps: [
      [16, { seats: 3 }],
      [17, '2'],
    ],
    late: [[10, '9']],
    right: '1.00',
  },
  {
    title: 'fewer seats: what is unused of their share is withdrawn',
    seats: 3,
    steps: [
      [2, '5'],
      [16, { seats: 1 }],
      [17, '15'],
      [18, '1'],
    ],
    right: '1.00',
  },
  {
    title: 'fewer seats: what was used stays given, and nothing falls below zero',
    seats: 3,
    steps: [
      [2, '28'],
      [16, { seats: 1 }],
      [17, '1'],
    ],
    right: '1.00',
  },
  {
    title: 'a seat that goes and comes back brings nothing twice',
    seats: 3,
    steps: [
      [2, '28'],
      [16, { seats: 1 }],
      [16, { seats: 3 }],
      [17, '3'],
    ],
    right: '1.00',
  },
  {
    title: 'seats that come, go and come again on other days',
    steps: [
      [2, '1'],
      [11, { seats: 4 }],
      [12, '1'],
      [21, { seats: 1 }],
      [22, '1'],
      [26, { seats: 7 }],
      [27, '28'],
    ],
    right: '1.00',
  },
  {
    title: 'no seat, no units',
    seats: 0,
    steps: [
      [2, '1'],
      [16, { seats: 2 }],
      [17, '11'],
    ],
    right: '2.00',
  },
  { title: 'a partial month gives its share', plan: 'days', startDay: 16, steps: [[17, '6']], right: '1.00' },
  { title: 'a partial month of three seats', startDay: 16, seats: 3, steps: [[17, '16']], right: '1.00' },
  {
    title: 'seats do not matter where the amount is for all',
    plan: 'days',
    seats: 3,
    steps: [[2, '11']],
    right: '1.00',
  },
  {
    title: 'without proration the most seats of the month count whole',
    plan: 'whole',
    steps: [
      [2, '10'],
      [16, { seats: 3 }],
      [17, '21'],
    ],
    right: '1.00',
  },
  {
    title: 'without proration nothing is withdrawn',
    plan: 'whole',
    seats: 3,
    steps: [
      [2, '1'],
      [16, { seats: 1 }],
      [17, '30'],
    ],
    right: '1.00',
  },
  {
    title: 'a change to a plan without it, and back: its days count',
    seats: 3,
    steps: [
      [2, '1'],
      [11, { plan: 'bare' }],
      [12, '2'],
      [21, { plan: 'seats' }],
      [22, '20'],
    ],
    right: '3.00',
  },
  {
    title: 'a change to another plan that gives it: each for its days, the pool goes on',
    plan: 'days',
    seats: 3,
    steps: [
      [2, '1'],
      [16, { plan: 'seats' }],
      [17, '20'],
    ],
    right: '1.00',
  },
  {
    title: 'a pause gives nothing',
    steps: [
      [2, '1'],
      [11, { kind: 'pause' }],
      [21, { kind: 'resume' }],
      [22, '6.666'],
    ],
    right: '1.00',
  },
]
