// The kernels for one REAL; included once a type by Kernels.c.

void NAME(eau_axpy)(size_t n, REAL a, const REAL *restrict x, REAL *restrict y) {
  for (size_t i = 0; i < n; i++) y[i] += a * x[i];
}

void NAME(eau_multiply_add)(size_t n, const REAL *restrict a, const REAL *restrict b,
                            REAL *restrict y) {
  for (size_t i = 0; i < n; i++) y[i] += a[i] * b[i];
}

double NAME(eau_sum_of_squares)(size_t n, const REAL *restrict x) {
  // Eight partial sums: strict floating point forbids the compiler to split one.
  double sums[8] = {0};
  size_t i = 0;
  for (; i + 8 <= n; i += 8)
    for (size_t lane = 0; lane < 8; lane++) sums[lane] += (double)x[i + lane] * x[i + lane];
  for (; i < n; i++) sums[0] += (double)x[i] * x[i];
  return ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
}

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

void NAME(eau_sparse_multiply)(size_t rows, size_t columns, const int32_t *offsets,
                               const int32_t *indices, const REAL *values,
                               const REAL *weights, REAL *out) {
  for (size_t row = 0; row < rows; row++)
    for (int32_t k = offsets[row]; k < offsets[row + 1]; k++)
      NAME(eau_axpy)(columns, values[k], weights + (size_t)indices[k] * columns,
                     out + row * columns);
}

void NAME(eau_sparse_transpose_multiply)(size_t rows, size_t columns, const int32_t *offsets,
                                         const int32_t *indices, const REAL *values,
                                         const REAL *out_gradient, REAL *gradient) {
  for (size_t row = 0; row < rows; row++)
    for (int32_t k = offsets[row]; k < offsets[row + 1]; k++)
      NAME(eau_axpy)(columns, values[k], out_gradient + row * columns,
                     gradient + (size_t)indices[k] * columns);
}
