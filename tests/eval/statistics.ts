import { Random } from '../../src/meaning/layout/random.ts'

export const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** The upper of the two in the middle. */
export const median = (values: number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]

/** 95 % interval of a statistic over resampled values (percentile bootstrap, 1,000 draws, seeded). */
export function interval(values: number[], statistic: (values: number[]) => number): [number, number] {
  const random = new Random(1)
  const draws = Array.from({ length: 1000 }, () =>
    statistic(values.map(() => values[Math.floor(random.next() * values.length)])),
  ).sort((a, b) => a - b)
  return [draws[25], draws[974]]
}

/** Ranks from 0, equals share the mean of theirs. */
function ranks(values: number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => values[a] - values[b])
  const result = new Array<number>(values.length)
  for (let i = 0; i < order.length; ) {
    let end = i
    while (end < order.length && values[order[end]] === values[order[i]]) end++
    for (let j = i; j < end; j++) result[order[j]] = (i + end - 1) / 2
    i = end
  }
  return result
}

/** Spearman's rank correlation; 0 where one side is constant. */
export function spearman(a: number[], b: number[]): number {
  const [x, y] = [ranks(a), ranks(b)]
  const [mx, my] = [mean(x), mean(y)]
  let xy = 0
  let xx = 0
  let yy = 0
  x.forEach((value, i) => {
    xy += (value - mx) * (y[i] - my)
    xx += (value - mx) ** 2
    yy += (y[i] - my) ** 2
  })
  return xx && yy ? xy / Math.sqrt(xx * yy) : 0
}
