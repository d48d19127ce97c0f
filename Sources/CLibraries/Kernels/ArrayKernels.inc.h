// The array kernels for one REAL; included once a type by ArrayKernels.c.

FOR_EACH_PROCESSOR
void NAME(eau_axpy)(size_t n, REAL a, const REAL *restrict x, REAL *restrict y) {
  for (size_t i = 0; i < n; i++) y[i] += a * x[i];
}

FOR_EACH_PROCESSOR
void NAME(eau_multiply_add)(size_t n, const REAL *restrict a, const REAL *restrict b,
                            REAL *restrict y) {
  for (size_t i = 0; i < n; i++) y[i] += a[i] * b[i];
}

FOR_EACH_PROCESSOR
double NAME(eau_sum_of_squares)(size_t n, const REAL *restrict x) {
  // Eight partial sums: strict floating point forbids the compiler to split one.
  double sums[8] = {0};
  size_t i = 0;
  for (; i + 8 <= n; i += 8)
    for (size_t lane = 0; lane < 8; lane++) sums[lane] += (double)x[i + lane] * x[i + lane];
  for (; i < n; i++) sums[0] += (double)x[i] * x[i];
  return ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
}

FOR_EACH_PROCESSOR
void NAME(eau_adamw)(size_t n, REAL *restrict parameter, const REAL *restrict gradient,
                     REAL *restrict first, REAL *restrict second, REAL scale, REAL rate,
                     REAL decay, REAL beta1, REAL beta2, REAL epsilon, REAL correction1,
                     REAL correction2) {
  const REAL keep = 1 - rate * decay;
  const REAL step = rate / correction1;
  const REAL root = 1 / SQUARE_ROOT(correction2);
  for (size_t i = 0; i < n; i++) {
    const REAL g = scale * gradient[i];
    const REAL m = first[i] = beta1 * first[i] + (1 - beta1) * g;
    const REAL v = second[i] = beta2 * second[i] + (1 - beta2) * g * g;
    parameter[i] = keep * parameter[i] - step * m / (SQUARE_ROOT(v) * root + epsilon);
  }
}

FOR_EACH_PROCESSOR
void NAME(eau_column_sums)(size_t rows, size_t columns, size_t stride, const REAL *restrict x,
                           REAL *restrict sums) {
  for (size_t start = 0; start < columns; start += TILE) {
    const size_t count = columns - start < TILE ? columns - start : TILE;
    REAL total[TILE] = {0};
    for (size_t row = 0; row < rows; row++)
      for (size_t j = 0; j < count; j++) total[j] += x[row * stride + start + j];
    for (size_t j = 0; j < count; j++) sums[start + j] += total[j];
  }
}

/// out[count ≤ TILE] += Σ values[k] matrix[indices[k], …]
INLINE void NAME(gather_multiply)(size_t entries, size_t count, size_t stride,
                                  const int32_t *restrict indices, const REAL *restrict values,
                                  const REAL *restrict matrix, REAL *restrict out) {
  if (count == TILE) {
    REAL sums[TILE];
    for (size_t j = 0; j < TILE; j++) sums[j] = out[j];
    for (size_t k = 0; k < entries; k++) {
      const REAL *restrict row = matrix + (size_t)indices[k] * stride;
      for (size_t j = 0; j < TILE; j++) sums[j] += values[k] * row[j];
    }
    for (size_t j = 0; j < TILE; j++) out[j] = sums[j];
  } else {
    for (size_t k = 0; k < entries; k++) {
      const REAL *restrict row = matrix + (size_t)indices[k] * stride;
      for (size_t j = 0; j < count; j++) out[j] += values[k] * row[j];
    }
  }
}

FOR_EACH_PROCESSOR
void NAME(eau_sparse_multiply)(size_t rows, size_t columns, const int32_t *offsets,
                               const int32_t *indices, const REAL *values, const REAL *weights,
                               REAL *out) {
  // Columns outside, so that the part of the weights in use stays in the second-level cache.
  for (size_t start = 0; start < columns; start += TILE)
    for (size_t row = 0; row < rows; row++)
      NAME(gather_multiply)((size_t)(offsets[row + 1] - offsets[row]),
                            columns - start < TILE ? columns - start : TILE, columns,
                            indices + offsets[row], values + offsets[row], weights + start,
                            out + row * columns + start);
}
