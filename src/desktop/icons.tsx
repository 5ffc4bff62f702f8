import type { SVGProps } from 'react'

/** Single-stroke signs on a 20-unit square. */
const paths = {
  open: 'M3 6.5v9h14v-8H10L8.5 5H3z',
  paste: 'M7 4.5H5v12h10v-12h-2M7.5 3h5v3h-5zM8 10h4M8 13h3',
  undo: 'M7 5 3.5 8.5 7 12M4 8.5h7.5a4 4 0 0 1 0 8H9',
  redo: 'M13 5l3.5 3.5L13 12M16 8.5H8.5a4 4 0 0 0 0 8H11',
  moon: 'M16 11.5A6.5 6.5 0 0 1 8.5 4a6.5 6.5 0 1 0 7.5 7.5z',
  sun: 'M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1.1 1.1M14.6 14.6l1.1 1.1M15.7 4.3l-1.1 1.1M5.4 14.6l-1.1 1.1',
  text: 'M3.5 5h13M3.5 8.5h9M3.5 12h13M3.5 15.5h7',
  wall: 'M3 5.5h5M10 5.5h7M3 10h2.5M7.5 10h9.5M3 14.5h8M13 14.5h4',
  inspector: 'M3 4.5h14v11H3zM12 4.5v11',
  headset: 'M3 7.5h14v7h-4.5L11 12.5H9L7.5 14.5H3zM6.5 7.5l1-2h5l1 2',
  search: 'M9 3.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM13 13l4 4',
  close: 'M5.5 5.5l9 9M14.5 5.5l-9 9',
  more: 'M5 10h.01M10 10h.01M15 10h.01',
  down: 'M6.5 8.5 10 12l3.5-3.5',
  right: 'M8.5 6.5 12 10l-3.5 3.5',
  minus: 'M5.5 10h9',
  plus: 'M10 5.5v9M5.5 10h9',
  check: 'M4.5 10.5 8.5 14l7-8',
  edit: 'M4 16l1-3.5L13.5 4 16 6.5 7.5 15z',
  trash: 'M4 6h12M8 6V4h4v2M5.5 6l.8 10h7.4l.8-10',
  adopt: 'M4 4.5h12M4 15.5h12M4 10h7M11.5 7.5 14 10l-2.5 2.5',
  help: 'M7.5 7.5a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7M10 14.5h.01',
  copy: 'M7 7V3.5h9.5V13H13M3.5 7H13v9.5H3.5z',
  sliders: 'M3 6h8M15 6h2M13 4v4M3 14h2M9 14h8M7 12v4',
} as const

export type IconName = keyof typeof paths

/** A sign beside or instead of a word; never the only name of its button. */
export function Icon({ name, size = 18, ...rest }: { name: IconName; size?: number } & SVGProps<SVGSVGElement>) {
  return (
    <svg
      viewBox="0 0 20 20"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'more' ? 2 : 1.4}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      {...rest}
    >
      <path d={paths[name]} />
    </svg>
  )
}

/** The mark: a thread of thought, and the one point on it that is yours. */
export function Mark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <path
        d="M7 23.5C11 11 14 9.5 16.5 14.5s5 5 8.5-6"
        fill="none"
        stroke="var(--thread)"
        strokeWidth="1.75"
        strokeLinecap="round"
      />
      <circle cx="7" cy="23.5" r="2.75" fill="var(--ink)" />
      <circle cx="16.4" cy="14.4" r="2" fill="var(--ink-soft)" />
      <circle cx="25" cy="8.5" r="3.5" fill="var(--accent)" />
    </svg>
  )
}
