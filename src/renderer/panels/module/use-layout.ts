import { useEffect, useState } from 'react'
import type { ChartDeclaration } from '../../../shared/statecharts/chart.ts'
import type { ChartLayout } from './chart-layout.ts'
import { isComplete, placeChart } from './layout-auto.ts'
import { layouts } from './layouts.ts'

/** The drawing by hand, or where that lacks something the one that is worked out; null while it is. */
export function useLayout(chart: ChartDeclaration): ChartLayout | null {
  const byHand = layouts[chart.id]
  const complete = byHand !== undefined && isComplete(chart, byHand)
  const [placed, setPlaced] = useState<{ readonly chart: ChartDeclaration; readonly layout: ChartLayout } | null>(null)
  useEffect(() => {
    if (complete) return undefined
    let left = false
    void placeChart(chart).then((layout) => {
      if (!left) setPlaced({ chart, layout })
    })
    return () => {
      left = true
    }
  }, [chart, complete])
  if (complete) return byHand
  return placed?.chart === chart ? placed.layout : null
}
