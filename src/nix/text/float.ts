/** Exact decimal digits of a finite, positive double: its value is `0.digits × 10^exponent`. */
function exactDigits(value: number): { digits: string; exponent: number } {
  const [mantissa, power] = decompose(value);
  const integer = power >= 0 ? mantissa << BigInt(power) : mantissa * 5n ** BigInt(-power);
  const digits = integer.toString();
  return { digits, exponent: digits.length + Math.min(power, 0) };
}

/** A finite, positive double as an integer times a power of two. */
function decompose(value: number): [mantissa: bigint, power: number] {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  return biased === 0 ? [fraction, -1074] : [fraction | 0x10000000000000n, biased - 1075];
}

/**
 * `count` leading digits, rounded to nearest, ties to even, as C does it. JavaScript's own `toFixed` and `toPrecision`
 * round ties up: 0.0078125 would become 0.007813 where C prints 0.007812.
 */
function roundDigits({ digits, exponent }: { digits: string; exponent: number }, count: number) {
  if (count < 0) return { digits: "", exponent };
  if (digits.length <= count) return { digits: digits.padEnd(count, "0"), exponent };
  const kept = BigInt(digits.slice(0, count) || "0");
  const rest = digits.slice(count);
  const up = rest[0]! > "5" || (rest[0] === "5" && (/[1-9]/.test(rest.slice(1)) || kept % 2n === 1n));
  const rounded = (up ? kept + 1n : kept).toString().padStart(count, "0");
  const longer = rounded.length > count && count > 0;
  return { digits: longer ? rounded.slice(0, count) : rounded, exponent: longer ? exponent + 1 : exponent };
}

function special(value: number): string | undefined {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value < 0 ? "-inf" : "inf";
  return undefined;
}

const sign = (value: number) => (value < 0 || Object.is(value, -0) ? "-" : "");

/** A float as Nix shows values and as XML has it: six significant digits, `%g` of C. */
export function formatFloat(value: number): string {
  const word = special(value);
  if (word) return word;
  const minus = sign(value);
  if (value === 0) return `${minus}0`;
  const { digits: rounded, exponent } = roundDigits(exactDigits(Math.abs(value)), 6);
  const digits = rounded.replace(/0+$/, "");
  const power = exponent - 1;
  if (power < -4 || power >= 6) {
    const mantissa = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits;
    return `${minus}${mantissa}e${formatExponent(power)}`;
  }
  return minus + placePoint(digits, exponent);
}

function placePoint(digits: string, exponent: number): string {
  if (exponent <= 0) return `0.${"0".repeat(-exponent)}${digits}`;
  if (digits.length <= exponent) return digits.padEnd(exponent, "0");
  return `${digits.slice(0, exponent)}.${digits.slice(exponent)}`;
}

/** An exponent as C prints it: with its sign and at least two digits. */
function formatExponent(power: number): string {
  return `${power < 0 ? "-" : "+"}${Math.abs(power).toString().padStart(2, "0")}`;
}

/** A float as `toString` and interpolation give it: six digits behind the point, `%f` of C. */
export function formatFloatFixed(value: number): string {
  const word = special(value);
  if (word) return word;
  const minus = sign(value);
  if (value === 0) return `${minus}0.000000`;
  const exact = exactDigits(Math.abs(value));
  const count = exact.exponent + 6;
  const { digits, exponent } = roundDigits(exact, count);
  // A carry that lengthens the number moved the point: the digit that fell off on the right is a zero.
  const all = (exponent > exact.exponent ? `${digits}0` : digits).padStart(7, "0");
  return `${minus}${all.slice(0, -6)}.${all.slice(-6)}`;
}

/** A float as JSON has it: nlohmann's digits (Grisu2, of Loitsch 2010), a point or an exponent always there. */
export function formatFloatJson(value: number): string {
  if (!Number.isFinite(value)) return "null";
  const minus = sign(value);
  if (value === 0) return `${minus}0.0`;
  const { digits, exponent } = grisu2(Math.abs(value));
  const point = digits.length + exponent;
  if (digits.length <= point && point <= 15) return `${minus}${digits.padEnd(point, "0")}.0`;
  if (-4 < point && point <= 15) return minus + placePoint(digits, point);
  const mantissa = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits;
  return `${minus}${mantissa}e${formatExponent(point - 1)}`;
}

const mask64 = (1n << 64n) - 1n;

interface Scaled {
  readonly f: bigint;
  readonly e: number;
}

function normalise({ f, e }: Scaled): Scaled {
  const shift = 64 - f.toString(2).length;
  return { f: f << BigInt(shift), e: e - shift };
}

function multiply(x: Scaled, y: Scaled): Scaled {
  return { f: (x.f * y.f + (1n << 63n)) >> 64n, e: x.e + y.e + 64 };
}

/** 10^k with 64 significant bits, rounded to nearest. */
function powerOfTen(k: number): Scaled {
  if (k >= 0) {
    const exact = 10n ** BigInt(k);
    const bits = exact.toString(2).length;
    if (bits <= 64) return normalise({ f: exact, e: 0 });
    const shift = BigInt(bits - 64);
    return roundedScaled((exact + (1n << (shift - 1n))) >> shift, bits - 64);
  }
  const divisor = 10n ** BigInt(-k);
  const shift = divisor.toString(2).length + 63;
  const quotient = ((1n << BigInt(shift + 1)) / divisor + 1n) >> 1n;
  return roundedScaled(quotient, -shift);
}

function roundedScaled(f: bigint, e: number): Scaled {
  return f > mask64 ? { f: f >> 1n, e: e + 1 } : normalise({ f, e });
}

/**
 * Digits that read back as the same double. Grisu2 does not always find the shortest ones (one double in a thousand),
 * so `String(value)` would differ from Nix now and then.
 */
function grisu2(value: number): { digits: string; exponent: number } {
  const [f, e] = decompose(value);
  const lowerIsCloser = f === 0x10000000000000n && e > -1074;
  const upper = normalise({ f: 2n * f + 1n, e: e - 1 });
  const lower = lowerIsCloser ? { f: 4n * f - 1n, e: e - 2 } : { f: 2n * f - 1n, e: e - 1 };
  const minus = { f: lower.f << BigInt(lower.e - upper.e), e: upper.e };
  const middle = normalise({ f, e });

  const k = cachedExponent(upper.e);
  const power = powerOfTen(k);
  const w = multiply(middle, power);
  const low = { f: multiply(minus, power).f + 1n, e: w.e };
  const high = { f: multiply(upper, power).f - 1n, e: w.e };
  return generateDigits(low, w, high, -k);
}

/** Which cached power brings a number of binary exponent `e` into the range that digits are generated from. */
function cachedExponent(e: number): number {
  const f = -60 - e - 1;
  const k = Math.trunc((f * 78913) / (1 << 18)) + (f > 0 ? 1 : 0);
  const index = Math.trunc((300 + k + 7) / 8);
  return -300 + index * 8;
}

function generateDigits(low: Scaled, w: Scaled, high: Scaled, exponent: number) {
  let delta = high.f - low.f;
  let distance = high.f - w.f;
  const shift = BigInt(-high.e);
  const one = 1n << shift;
  let integer = Number(high.f >> shift);
  let fraction = high.f & (one - 1n);
  let digits = "";

  let remaining = integer.toString().length;
  let divisor = 10 ** (remaining - 1);
  while (remaining > 0) {
    digits += Math.trunc(integer / divisor);
    integer %= divisor;
    remaining--;
    const rest = (BigInt(integer) << shift) + fraction;
    if (rest <= delta)
      return {
        digits: roundLast(digits, distance, delta, rest, BigInt(divisor) << shift),
        exponent: exponent + remaining,
      };
    divisor /= 10;
  }
  for (let count = 1; ; count++) {
    fraction *= 10n;
    digits += (fraction >> shift).toString();
    fraction &= one - 1n;
    delta *= 10n;
    distance *= 10n;
    if (fraction <= delta)
      return { digits: roundLast(digits, distance, delta, fraction, one), exponent: exponent - count };
  }
}

function roundLast(digits: string, distance: bigint, delta: bigint, rest: bigint, unit: bigint): string {
  let last = Number(digits.at(-1));
  let at = rest;
  while (at < distance && delta - at >= unit && (at + unit < distance || distance - at > at + unit - distance)) {
    last--;
    at += unit;
  }
  return digits.slice(0, -1) + last;
}
