/**
 * Just enough of the WebAssembly binary format (core specification 2.0, "Binary Format") to write one small SIMD
 * function by hand: readable opcodes in, bytes out, no toolchain.
 */

export type Code = number[]

/** LEB128, unsigned. */
export function unsigned(value: number): Code {
  const out: Code = []
  do {
    const low = value & 0x7f
    value >>>= 7
    out.push(value ? low | 0x80 : low)
  } while (value)
  return out
}

/** LEB128, signed. */
export function signed(value: number): Code {
  const out: Code = []
  for (;;) {
    const low = value & 0x7f
    value >>= 7
    if ((value === 0 && !(low & 0x40)) || (value === -1 && low & 0x40)) return [...out, low]
    out.push(low | 0x80)
  }
}

const I32 = 0x7f
const V128 = 0x7b
const simd = (opcode: number): Code => [0xfd, ...unsigned(opcode)]

export const get = (local: number): Code => [0x20, ...unsigned(local)]
export const set = (local: number): Code => [0x21, ...unsigned(local)]
export const tee = (local: number): Code => [0x22, ...unsigned(local)]
export const constant = (value: number): Code => [0x41, ...signed(value)]
export const add: Code = [0x6a]
export const shiftLeft: Code = [0x74]
export const lessThan: Code = [0x49]
/** A loop that goes on while `condition` holds at its end. */
export const loopWhile = (body: Code, condition: Code): Code => [0x03, 0x40, ...body, ...condition, 0x0d, 0, 0x0b]
export const increase = (local: number, by: Code): Code => [...get(local), ...by, ...add, ...set(local)]

/** v128.load / v128.store at address on the stack + offset, aligned to 16 bytes. */
export const load = (offset: number): Code => [...simd(0), 4, ...unsigned(offset)]
export const store = (offset: number): Code => [...simd(11), 4, ...unsigned(offset)]
export const zero: Code = [...simd(12), ...new Array<number>(16).fill(0)]
/** i32x4.add */
export const addLanes: Code = simd(174)
/** i32x4.dot_i16x8_s: eight products of 16-bit numbers, summed in pairs. */
export const dotPairs: Code = simd(186)
/** i8x16.shuffle by 32-bit lanes: 0–3 of the first operand, 4–7 of the second. */
export const shuffle = (lanes: number[]): Code => [
  ...simd(13),
  ...lanes.flatMap((lane) => [4 * lane, 4 * lane + 1, 4 * lane + 2, 4 * lane + 3]),
]

/** A module that imports memory "m"."m" and exports one function "f" of i32 parameters without a result. */
export function moduleOf(parameters: number, i32s: number, v128s: number, body: Code): Uint8Array<ArrayBuffer> {
  const section = (id: number, content: Code): Code => [id, ...unsigned(content.length), ...content]
  const locals = [2, ...unsigned(i32s), I32, ...unsigned(v128s), V128]
  const code = [...locals, ...body, 0x0b]
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, parameters, ...new Array<number>(parameters).fill(I32), 0]),
    ...section(2, [1, 1, 0x6d, 1, 0x6d, 0x02, 0x00, 0]),
    ...section(3, [1, 0]),
    ...section(7, [1, 1, 0x66, 0x00, 0]),
    ...section(10, [1, ...unsigned(code.length), ...code]),
  ])
}
