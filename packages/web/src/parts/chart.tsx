import { type ReactNode, useEffect, useRef, useState } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { labelsOf } from './chart-data.ts'

export interface Series {
  readonly label: string
  /** Where it is drawn: how high is all that is read of it, so floating point does no harm here. */
  readonly values: readonly number[]
}

const HEIGHT = 190
const COLOURS = ['--accent', '--warn']

/** Counts how often colours changed: a canvas keeps those that it was drawn with. */
function useLook(): number {
  const [look, setLook] = useState(0)
  useEffect(() => {
    const changed = (): void => setLook((before) => before + 1)
    const chosen = new MutationObserver(changed)
    chosen.observe(document.documentElement, { attributeFilter: ['data-mantine-color-scheme'] })
    const dark = matchMedia('(prefers-color-scheme: dark)')
    dark.addEventListener('change', changed)
    return () => {
      chosen.disconnect()
      dark.removeEventListener('change', changed)
    }
  }, [])
  return look
}

/** Lines over time. What they say stands in a table beside them, for those who do not see it. */
export function Chart(props: {
  readonly label: string
  /** Seconds since 1970. */
  readonly times: readonly number[]
  readonly series: readonly Series[]
  /** A moment on the axis, as its reader writes it. */
  readonly written: (seconds: number) => string
}): ReactNode {
  const place = useRef<HTMLDivElement>(null)
  const { label, times, series, written } = props
  const look = useLook()
  useEffect(() => {
    const element = place.current
    if (element === null) return undefined
    const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim()
    const axis = {
      stroke: colour('--faint'),
      grid: { stroke: colour('--rule'), width: 1 },
      ticks: { stroke: colour('--rule') },
    }
    const chart = new uPlot(
      {
        width: element.clientWidth,
        height: HEIGHT,
        cursor: { show: false },
        legend: { show: false },
        axes: [
          { ...axis, space: 80, values: (_chart: uPlot, splits: number[]) => [...labelsOf(splits, written)] },
          { ...axis, size: 60 },
        ],
        series: [
          {},
          ...series.map(({ label: name }, at) => ({
            label: name,
            stroke: colour(COLOURS[at] ?? '--ink'),
            width: 2,
            points: { show: times.length < 40 },
          })),
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
  }, [times, series, written, look])
  return (
    <div>
      <div ref={place} role="img" aria-label={label} />
      <p className="small faint">
        {series.map(({ label: name }, at) => (
          <span key={name}>
            <span className={`key-line ${at === 0 ? 'first' : 'second'}`} />
            {name}
          </span>
        ))}
      </p>
    </div>
  )
}
