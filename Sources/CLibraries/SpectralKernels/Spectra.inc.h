// The kernels for one REAL; included once a type by SpectralKernels.c.
//
// A complex number of EAU_LANES frames is two neighbouring `lanes`: real part, imaginary part.

typedef REAL NAME(lanes)
    __attribute__((vector_size(EAU_LANES * sizeof(REAL)), aligned(sizeof(REAL)), may_alias));
#define LANES NAME(lanes)

FOR_EACH_PROCESSOR
void NAME(eau_columns)(size_t hop, size_t width, const float *restrict samples,
                       REAL *restrict columns) {
  for (size_t m = 0; m < hop; m++)
    for (size_t column = 0; column < width; column++)
      columns[m * width + column] = samples[column * hop + m];
}

// A pass of decimation in frequency, in place: a block of radix × part numbers becomes `radix`
// blocks of `part`, x'[j + part k] = w^(jk) Σₘ x[j + part m] e^(−2πikm/radix),
// w = e^(−2πi/(radix part)). The factors w^(jk), k > 0, follow each other by j from 1 on.

INLINE void NAME(store_turned)(LANES *x, const LANES *real, const LANES *imaginary,
                               const REAL *factor) {
  x[0] = *real * factor[0] - *imaginary * factor[1];
  x[1] = *real * factor[1] + *imaginary * factor[0];
}

INLINE const REAL *NAME(two)(LANES *x, size_t part, const REAL *factors) {
  for (size_t j = 0; j < part; j++, x += 2) {
    LANES *const y = x + 2 * part;
    const LANES real = x[0] - y[0], imaginary = x[1] - y[1];
    x[0] += y[0];
    x[1] += y[1];
    if (j == 0) {
      y[0] = real;
      y[1] = imaginary;
      continue;
    }
    NAME(store_turned)(y, &real, &imaginary, factors);
    factors += 2;
  }
  return factors;
}

INLINE const REAL *NAME(four)(LANES *x, size_t part, const REAL *factors) {
  const size_t step = 2 * part;
  for (size_t j = 0; j < part; j++, x += 2) {
    const LANES ar = x[0], ai = x[1], br = x[step], bi = x[step + 1];
    const LANES cr = x[2 * step], ci = x[2 * step + 1], dr = x[3 * step], di = x[3 * step + 1];
    const LANES sr = ar + cr, si = ai + ci, tr = ar - cr, ti = ai - ci;
    // (b − d) times −i is (vr, vi).
    const LANES ur = br + dr, ui = bi + di, vr = bi - di, vi = dr - br;
    const LANES r1 = tr + vr, i1 = ti + vi, r2 = sr - ur, i2 = si - ui;
    const LANES r3 = tr - vr, i3 = ti - vi;
    x[0] = sr + ur;
    x[1] = si + ui;
    if (j == 0) {
      x[step] = r1, x[step + 1] = i1;
      x[2 * step] = r2, x[2 * step + 1] = i2;
      x[3 * step] = r3, x[3 * step + 1] = i3;
      continue;
    }
    NAME(store_turned)(x + step, &r1, &i1, factors);
    NAME(store_turned)(x + 2 * step, &r2, &i2, factors + 2);
    NAME(store_turned)(x + 3 * step, &r3, &i3, factors + 4);
    factors += 6;
  }
  return factors;
}

// Any odd radix. Sums a and differences b of x[m] and x[radix − m] serve results k and radix − k:
// x[0] + Σ (a cos θ − i b sin θ) and x[0] + Σ (a cos θ + i b sin θ), θ = 2πkm/radix.
// `factors` starts with cos and −sin of 2πt/radix for t < radix.
INLINE const REAL *NAME(odd)(LANES *x, size_t radix, size_t part, const REAL *factors,
                             LANES *scratch) {
  const size_t half = (radix - 1) / 2, step = 2 * part;
  const REAL *const roots = factors;
  factors += 2 * radix;
  for (size_t j = 0; j < part; j++, x += 2) {
    LANES total_r = x[0], total_i = x[1];
    for (size_t m = 1; m <= half; m++) {
      const LANES *const p = x + m * step, *const q = x + (radix - m) * step;
      LANES *const pair = scratch + 4 * (m - 1);
      pair[0] = p[0] + q[0];
      pair[1] = p[1] + q[1];
      pair[2] = p[0] - q[0];
      pair[3] = p[1] - q[1];
      total_r += pair[0];
      total_i += pair[1];
    }
    const LANES first_r = x[0], first_i = x[1];
    x[0] = total_r;
    x[1] = total_i;
    for (size_t k = 1; k <= half; k++) {
      LANES er = first_r, ei = first_i, o_r = {0}, o_i = {0};
      for (size_t m = 1, turn = k; m <= half; m++) {
        const LANES *const pair = scratch + 4 * (m - 1);
        er += pair[0] * roots[2 * turn];
        ei += pair[1] * roots[2 * turn];
        // −i b sin θ, with the table's −sin.
        o_r -= pair[3] * roots[2 * turn + 1];
        o_i += pair[2] * roots[2 * turn + 1];
        turn += k;
        if (turn >= radix) turn -= radix;
      }
      const LANES low_r = er + o_r, low_i = ei + o_i, high_r = er - o_r, high_i = ei - o_i;
      LANES *const low = x + k * step, *const high = x + (radix - k) * step;
      if (j == 0) {
        low[0] = low_r, low[1] = low_i;
        high[0] = high_r, high[1] = high_i;
        continue;
      }
      NAME(store_turned)(low, &low_r, &low_i, factors + 2 * (k - 1));
      NAME(store_turned)(high, &high_r, &high_i, factors + 2 * (radix - k - 1));
    }
    if (j > 0) factors += 2 * (radix - 1);
  }
  return factors;
}

INLINE void NAME(transform)(LANES *x, size_t count, size_t passes, const int32_t *radices,
                            const REAL *factors, LANES *scratch) {
  size_t length = count;
  for (size_t pass = 0; pass < passes; pass++) {
    const size_t radix = (size_t)radices[pass], part = length / radix;
    const REAL *next = factors;
    for (size_t block = 0; block < count; block += length) {
      LANES *const start = x + 2 * block;
      switch (radix) {
      case 2: next = NAME(two)(start, part, factors); break;
      case 4: next = NAME(four)(start, part, factors); break;
      default: next = NAME(odd)(start, radix, part, factors, scratch);
      }
    }
    factors = next;
    length = part;
  }
}

// A real transform of N numbers is a complex one of N/2: with z[n] = x[2n] + i x[2n+1], Z its
// transform, Z' = conj Z[N/2 − k], E = (Z + Z')/2 and O = −i (Z − Z')/2 e^(−2πik/N):
// X[k] = E + O and X[N/2 − k] = conj(E − O) (Press et al., Numerical Recipes, §12.3).
INLINE void NAME(powers)(const LANES *z, size_t half, const int32_t *places, const REAL *turns,
                         LANES *power) {
  const LANES first = z[0] + z[1], last = z[0] - z[1];
  power[0] = first * first;
  power[half] = last * last;
  for (size_t k = 1; k <= half / 2; k++) {
    const LANES *const a = z + 2 * places[k], *const b = z + 2 * places[half - k];
    const LANES er = a[0] + b[0], ei = a[1] - b[1], dr = a[1] + b[1], di = b[0] - a[0];
    const LANES o_r = dr * turns[2 * k] - di * turns[2 * k + 1];
    const LANES o_i = dr * turns[2 * k + 1] + di * turns[2 * k];
    const LANES xr = er + o_r, xi = ei + o_i, yr = er - o_r, yi = ei - o_i;
    power[k] = (xr * xr + xi * xi) * (REAL)0.25;
    power[half - k] = (yr * yr + yi * yi) * (REAL)0.25;
  }
}

FOR_EACH_PROCESSOR
void NAME(eau_power_spectra)(size_t length, size_t passes, const int32_t *order,
                             const REAL *tables, size_t hop, size_t width, const REAL *columns,
                             REAL *frames, REAL *scratch, REAL *power) {
  const size_t half = length / 2;
  const REAL *const turns = tables + length, *const factors = turns + 2 * (half / 2 + 1);
  LANES *const x = (LANES *)frames;
  for (size_t start = 0, column = 0; start < length; start += hop, column++) {
    const size_t rows = length - start < hop ? length - start : hop;
    for (size_t m = 0; m < rows; m++)
      x[start + m] = *(const LANES *)(columns + m * width + column) * tables[start + m];
  }
  NAME(transform)(x, half, passes, order, factors, (LANES *)scratch);
  NAME(powers)(x, half, order + passes, turns, (LANES *)power);
}

FOR_EACH_PROCESSOR
void NAME(eau_project)(size_t rows, const int32_t *first, const int32_t *counts,
                       const double *weights, const REAL *power, size_t frames, size_t stride,
                       double *out) {
  for (size_t row = 0; row < rows; row++) {
    const LANES *const bins = (const LANES *)power + first[row];
    const size_t count = (size_t)counts[row];
    // Two sums, so that one addition need not wait for the other.
    accumulator even = {0}, odd = {0};
    size_t bin = 0;
    for (; bin + 2 <= count; bin += 2) {
      even += __builtin_convertvector(bins[bin], accumulator) * weights[bin];
      odd += __builtin_convertvector(bins[bin + 1], accumulator) * weights[bin + 1];
    }
    if (bin < count) even += __builtin_convertvector(bins[bin], accumulator) * weights[bin];
    even += odd;
    for (size_t frame = 0; frame < frames; frame++) out[frame * stride + row] = even[frame];
    weights += count;
  }
}

#undef LANES
