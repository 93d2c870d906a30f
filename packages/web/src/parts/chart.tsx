import { type ReactNode, useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'

export interface Series {
  readonly label: string
  /** Where it is drawn: how high is all that is read of it, so floating point does no harm here. */
  readonly values: readonly number[]
}

const HEIGHT = 190
const COLOURS = ['--accent', '--warn', '--bad']

/** Lines over time. What they say stands in a table beside them, for those who do not see it. */
export function Chart(props: {
  readonly label: string
  /** Seconds since 1970. */
  readonly times: readonly number[]
  readonly series: readonly Series[]
  readonly zone: string
}): ReactNode {
  const place = useRef<HTMLDivElement>(null)
  const { label, times, series, zone } = props
  useEffect(() => {
    const element = place.current
    if (element === null) return undefined
    const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim()
    const axis = { stroke: colour('--faint'), grid: { stroke: colour('--rule'), width: 1 }, ticks: { stroke: colour('--rule') } }
    const chart = new uPlot(
      {
        width: element.clientWidth,
        height: HEIGHT,
        tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1_000), zone),
        cursor: { show: false },
        legend: { show: series.length > 1 },
        axes: [axis, { ...axis, size: 60 }],
        series: [
          {},
          ...series.map(({ label: name }, at) => ({ label: name, stroke: colour(COLOURS[at] ?? '--ink'), width: 2, points: { show: times.length < 40 } })),
        ],
      },
      [times as number[], ...series.map(({ values }) => values as number[])],
      element,
    )
    const watch = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height: HEIGHT }))
    watch.observe(element)
    return () => {
      watch.disconnect()
      chart.destroy()
    }
  }, [times, series, zone])
  return <div ref={place} role="img" aria-label={label} />
}
