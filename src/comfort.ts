/** Every number of comfort and legibility, each with its source. Lengths in metres unless said; 1 dmm = 1 mm at 1 m. */

/** Labels at least 8 dmm, reading text at least 12 dmm: 0.45° and 0.7° (Microsoft mixed-reality typography). */
export const labelDmm = 8
export const readingDmm = 12

/** At most this many labels at once; more than that is clutter and breaks the draw-call budget. */
export const labelLimit = 64

/** Far targets at least 1° (Microsoft, interactable objects). */
export const farTargetDegrees = 1

/** Two-hand scale: hands nearer than this at the start give wild ratios (measured ×12.6 with near-touching hands). */
export const twoHandSpan = 0.1

/** Pinching moves the fingertip by some 5 cm: movement in this time after a pinch does not count. Milliseconds. */
export const pinchSettle = 80

/** Interface movement, milliseconds; cut to none where reduced motion is asked. */
export const motion = { quick: 150, calm: 250 }

/** Snap turn in degrees (Meta: 30 or 45). */
export const snapTurn = 45

/** The two themes, as three.js and the style sheet both use them (contrast of ink on ground ≥ 4.5:1, WCAG 1.4.3). */
export const themes = {
  night: {
    ground: '#10151f',
    lift: '#182030',
    ink: '#dcd8cc',
    inkSoft: '#9aa1ac',
    hairline: '#2c3647',
    accent: '#f0a83c',
    thread: '#5b6a82',
  },
  paper: {
    ground: '#f5f0e6',
    lift: '#fbf8f1',
    ink: '#27251f',
    inkSoft: '#6b655a',
    hairline: '#d8cfbe',
    accent: '#a84b08',
    thread: '#b0a48f',
  },
} as const

export type Theme = keyof typeof themes
