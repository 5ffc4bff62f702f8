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

/** Frames a second in the headset, the first one that the device offers (Meta: 72 or 90 Hz; 13.7 or 11.1 ms a frame). */
export const frameRates = [72, 90]

/** Coarser pixels at the rim, a third of the most: more of it hurts scenes made of text (webxr-ffr). */
export const foveation = 1 / 3

/** The world as one stands before it: metres per unit of space, its height and its distance from the eyes. */
export const standing = { scale: 0.8, height: 1.1, distance: 1.2 }

/** How small and how large hands may make the world, metres per unit: from a table top to a hall. */
export const worldScale = { least: 0.15, most: 4 }

/** Near buttons at least 3.2 cm (Microsoft, interactable objects). */
export const nearButton = 0.032

/** Panels stand between these distances from the eyes: fixate ≥ 0.5 m, read at about 1 m (Meta). Metres. */
export const panelDistance = { least: 0.55, most: 1.6 }
