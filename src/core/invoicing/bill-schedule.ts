/** When bills are run by themselves: as an hour begins somewhere, every day or on one day of every month. */
export interface BillSchedule {
  /** From 0 to 23. */
  readonly hour: number
  /** Of a month, from 1 to 28; null for every day. */
  readonly day: number | null
  /** An IANA name. */
  readonly zone: string
}

/** The first such time after another one, in epoch milliseconds; an hour that a day leaves out begins an hour later. */
export function nextRunMs({ hour, day, zone }: BillSchedule, afterMs: number): number {
  const today = Temporal.Instant.fromEpochMilliseconds(afterMs).toZonedDateTimeISO(zone).toPlainDate()
  const [first, step] = day === null ? [today, { days: 1 }] : [today.with({ day }), { months: 1 }]
  const timeOn = (date: Temporal.PlainDate): number =>
    date.toZonedDateTime({ timeZone: zone, plainTime: { hour } }).epochMilliseconds
  return timeOn(first) > afterMs ? timeOn(first) : timeOn(first.add(step))
}
