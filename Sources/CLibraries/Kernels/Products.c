#include "Products.h"
#include <Processors.h>
#include <stdint.h>

/// Numbers as a tile reads them: `across` apart along the tile, `step` apart along the depth.
struct part {
  const float *start;
  size_t across, step;
};

enum {
  /* A block of b is of 256 kB, and stays in the second-level cache while all rows are made. */
  MOST_DEPTH = 256,
  MOST_COLUMNS = 256,
  /* With so few, arranging b costs as much as it saves. */
  FEW_ROWS = 128,
  /* Columns of a transposed a that are copied at once: whole lines of the cache. */
  GATHERED = 48,
  /* Rows of b that are asked for before their turn: some 300 cycles, a third-level cache's delay. */
  STEPS_AHEAD = 24,
};

#define UNROLLED _Pragma("clang loop unroll(full)")

/* Registers there are everywhere: SSE2's, and NEON's. */
#define NAME(base) base##_baseline
#define TARGET
#define LANES 4
#define ROWS 6
#define INTERLEAVE_FIRST(x, y) __builtin_shufflevector(x, y, 0, 4, 1, 5)
#define INTERLEAVE_LAST(x, y) __builtin_shufflevector(x, y, 2, 6, 3, 7)
#include "Products.inc.h"

#if defined(__x86_64__)
#define NAME(base) base##_avx2
#define TARGET __attribute__((target("arch=x86-64-v3")))
#define LANES 8
#define ROWS 6
#define INTERLEAVE_FIRST(x, y) __builtin_shufflevector(x, y, 0, 8, 1, 9, 2, 10, 3, 11)
#define INTERLEAVE_LAST(x, y) __builtin_shufflevector(x, y, 4, 12, 5, 13, 6, 14, 7, 15)
#include "Products.inc.h"

#define NAME(base) base##_avx512
#define TARGET __attribute__((target("arch=x86-64-v4"), min_vector_width(512)))
#define LANES 16
#define ROWS 12
#define INTERLEAVE_FIRST(x, y) \
  __builtin_shufflevector(x, y, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
#define INTERLEAVE_LAST(x, y) \
  __builtin_shufflevector(x, y, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)
#include "Products.inc.h"
#endif

bool eau_product_with_f32(enum eau_registers registers, size_t rows, size_t columns, size_t depth,
                          float scale, struct eau_matrix_f32 a, struct eau_matrix_f32 b,
                          float keep, float *c, size_t c_stride) {
  switch (registers) {
  case EAU_REGISTERS_BASELINE:
    product_baseline(rows, columns, depth, scale, a, b, keep, c, c_stride);
    return true;
#if defined(__x86_64__)
  case EAU_REGISTERS_AVX2:
    if (!__builtin_cpu_supports("x86-64-v3")) return false;
    product_avx2(rows, columns, depth, scale, a, b, keep, c, c_stride);
    return true;
  case EAU_REGISTERS_AVX512:
    if (!__builtin_cpu_supports("x86-64-v4")) return false;
    product_avx512(rows, columns, depth, scale, a, b, keep, c, c_stride);
    return true;
#endif
  default: return false;
  }
}

void eau_product_f32(size_t rows, size_t columns, size_t depth, float scale,
                     struct eau_matrix_f32 a, struct eau_matrix_f32 b, float keep, float *c,
                     size_t c_stride) {
  for (int registers = EAU_REGISTERS_AVX512; registers >= EAU_REGISTERS_BASELINE; registers--)
    if (eau_product_with_f32((enum eau_registers)registers, rows, columns, depth, scale, a, b, keep,
                             c, c_stride))
      return;
}

/// sums [width] = Σ x[k] weights[k, …] over the non-zero x: the sums stay in registers, the weights
/// are read once.
INLINE void row_sums(size_t inputs, size_t width, size_t stride, const float *restrict x,
                     const float *restrict weights, float *restrict sums) {
  /* Those are listed before, without a branch that no processor could foresee. */
  enum { LISTED = 64 };
  uint8_t used[LISTED];
  float inside[2 * TILE] = {0};
  for (size_t start = 0; start < inputs; start += LISTED) {
    const size_t some = inputs - start < LISTED ? inputs - start : LISTED;
    size_t count = 0;
    for (size_t k = 0; k < some; k++) {
      used[count] = (uint8_t)k;
      count += x[start + k] != 0;
    }
    for (size_t i = 0; i < count; i++) {
      const size_t k = start + used[i];
      for (size_t j = 0; j < width; j++) inside[j] += x[k] * weights[k * stride + j];
    }
  }
  for (size_t j = 0; j < width; j++) sums[j] = inside[j];
}

/// Some columns of a row. Blocks of inputs are summed apart, so that their order does not show in
/// the result.
INLINE void row_part(size_t inputs, size_t width, size_t stride, const float *x,
                     const float *weights, float *out, bool last_first) {
  enum { MOST_BLOCKS = 16, SMALLEST = 32 };
  const size_t even = (inputs + MOST_BLOCKS - 1) / MOST_BLOCKS;
  const size_t height = even < SMALLEST ? SMALLEST : even;
  const size_t blocks = (inputs + height - 1) / height;
  float sums[MOST_BLOCKS][2 * TILE];
  for (size_t b = 0; b < blocks; b++) {
    const size_t block = last_first ? blocks - 1 - b : b, first = block * height;
    const size_t some = inputs - first < height ? inputs - first : height;
    row_sums(some, width, stride, x + first, weights + first * stride, sums[block]);
  }
  for (size_t block = 0; block < blocks; block++)
    for (size_t j = 0; j < width; j++) out[j] += sums[block][j];
}

FOR_EACH_PROCESSOR
void eau_row_product_f32(size_t inputs, size_t columns, const float *x, const float *weights,
                         size_t stride, float *out, bool last_first) {
  /* Widths known to the compiler: the widest fits the registers of AVX-512 only. */
  const bool wide = HAS_WIDE_REGISTERS;
  for (size_t done = 0; done < columns;) {
    const size_t left = columns - done;
    const size_t width = wide && left >= 2 * TILE ? 2 * TILE
                         : left >= TILE           ? TILE
                         : left >= TILE / 4       ? TILE / 4
                                                  : left;
    const size_t start = last_first ? left - width : done;
#define WIDTH(HERE) row_part(inputs, HERE, stride, x, weights + start, out + start, last_first)
    if (width == 2 * TILE) WIDTH(2 * TILE);
    else if (width == TILE) WIDTH(TILE);
    else if (width == TILE / 4) WIDTH(TILE / 4);
    else WIDTH(width);
#undef WIDTH
    done += width;
  }
}

FOR_EACH_PROCESSOR
void eau_column_product_f32(size_t rows, size_t depth, float scale, const float *a, size_t stride,
                            const float *x, float keep, float *out) {
  SUMS_IN_ANY_ORDER
  for (size_t row = 0; row < rows; row++) {
    float sum = 0;
    for (size_t k = 0; k < depth; k++) sum += a[row * stride + k] * x[k];
    out[row] = scale * sum + (keep == 0 ? 0 : keep * out[row]);
  }
}
